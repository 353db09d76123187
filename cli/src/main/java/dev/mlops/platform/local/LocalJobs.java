package dev.mlops.platform.local;

import dev.mlops.manifest.WorkloadSpec.Arguments;
import dev.mlops.manifest.WorkloadSpec.Container;
import dev.mlops.manifest.WorkloadSpec.Probes;
import dev.mlops.manifest.WorkloadSpec.Resources;
import dev.mlops.platform.Jobs;
import dev.mlops.problem.Code;
import dev.mlops.problem.DiskFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Jobs as processes of this machine, tied to the command that started them: nothing is ever left
 * behind, so there is nothing to pick up. Requests and limits mean nothing here.
 */
record LocalJobs(LocalFolder folder) implements Jobs {
  private static final Resources ANY =
      new Resources(
          OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
  private static final Probes NONE =
      new Probes(Optional.empty(), Optional.empty(), Optional.empty());

  @Override
  public Running start(Spec job, Consumer<String> progress) {
    if (job.room().volume().isPresent()) {
      throw Code.JOB_BLOCKED.problem(
          "Job " + job.name() + " can't start: platform local has no volumes",
          "It asks for the claim " + job.room().volume().get().claim() + ".",
          "Choose an environment with platform: kubernetes");
    }
    List<JobProcess> copies = new ArrayList<>();
    var running = new LocalJob(job, copies);
    try {
      Path work = Files.createTempDirectory("mlops-job-");
      for (int copy = 0; copy < job.copies(); copy++) {
        copies.add(JobProcess.start(launch(job), job, copy, work.resolve("" + copy)));
      }
      return running;
    } catch (IOException e) {
      running.close();
      throw DiskFaults.writing(folder.root(), e);
    } catch (RuntimeException e) {
      running.close();
      throw e;
    }
  }

  private Launch launch(Spec job) {
    var container =
        new Container(0, new Arguments(List.of(), List.of()), job.environment(), NONE, ANY);
    return new Launch(
        job.name(), UnpackedImage.read(folder, job.image()), container, 0, folder.root());
  }
}
