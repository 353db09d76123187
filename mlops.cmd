@echo off
setlocal EnableDelayedExpansion
rem Starts the command line: finds a JDK, builds on first use, and runs it with its AOT cache.
set "root=%~dp0"
set "dist=%root%cli\target\dist"
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
set "JAVA_HOME=%jdk%"
if not exist "%dist%\mlops.aot" if exist "%root%cli\src" (
  echo building mlops ^(first use; about a minute^)... 1>&2
  where mvn >nul 2>nul
  if errorlevel 1 (
    echo error: Maven 3.8.7 or newer is needed on the path to build on Windows 1>&2
    exit /b 2
  )
  call mvn -B -q -f "%root%pom.xml" -Dquick -Dmaven.test.skip=true package 1>&2
  if errorlevel 1 exit /b 1
)
"%jdk%\bin\java" -XX:AOTCache="%dist%\mlops.aot" -Xlog:disable -Xlog:all=error:stderr -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:-UsePerfData -Djdk.reflect.useNativeAccessorOnly=true --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dmlops.command="%~f0" -cp "%dist%\lib\mlops-cli.jar" dev.mlops.Main %*
exit /b %errorlevel%

:try
if not exist "%~1\bin\javac.exe" goto :eof
if not exist "%~1\release" goto :eof
for /f "tokens=2 delims==" %%v in ('findstr /b "JAVA_VERSION=" "%~1\release"') do (
  set "version=%%~v"
  for /f "tokens=1 delims=.-+" %%m in ("!version!") do if %%m GEQ 25 set "jdk=%~f1"
)
goto :eof
