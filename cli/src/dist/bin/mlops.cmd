@echo off
setlocal EnableDelayedExpansion
rem Starts the command line of an unpacked release: finds a JDK and runs it.
set "dist=%~dp0.."
set "jdk="
if defined JAVA_HOME call :try "%JAVA_HOME%"
if not defined jdk for /f "delims=" %%j in ('where javac 2^>nul') do if not defined jdk call :try "%%~dpj.."
if not defined jdk for /d %%d in ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Microsoft\jdk*" "%ProgramFiles%\Zulu\*" "%USERPROFILE%\.jdks\*") do if not defined jdk call :try "%%~d"
if not defined jdk (
  echo error: no JDK 25 or newer was found. 1>&2
  echo   looked at JAVA_HOME, PATH, and the usual folders 1>&2
  echo   next: install a JDK 25, or set JAVA_HOME to one 1>&2
  exit /b 2
)
"%jdk%\bin\java" -Xlog:disable -Xlog:all=error:stderr -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:-UsePerfData -Djdk.reflect.useNativeAccessorOnly=true --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dmlops.command="%~f0" -cp "%dist%\lib\mlops-cli.jar" dev.mlops.Main %*
exit /b %errorlevel%

:try
if not exist "%~1\bin\javac.exe" goto :eof
if not exist "%~1\release" goto :eof
for /f "tokens=2 delims==" %%v in ('findstr /b "JAVA_VERSION=" "%~1\release"') do (
  set "version=%%~v"
  for /f "tokens=1 delims=.-+" %%m in ("!version!") do if %%m GEQ 25 set "jdk=%~f1"
)
goto :eof
