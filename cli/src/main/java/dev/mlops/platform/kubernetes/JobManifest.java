package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Jobs;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpecBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicy;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A job as an Indexed Job whose pods pass Pod Security {@code restricted}. A pod whose node goes is
 * started again; one that fails by itself would fail again. Where copies stand apart, none is.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/controllers/job/">Jobs</a>
 */
record JobManifest(Site site, Jobs.Spec job) {
  /** On what is no part of a release, and nothing that a deployment removes. */
  static final String LABEL = "mlops.dev/job";

  static final int PORT = 8000;

  private static final String WORK = "/work";

  /** Where the tool was killed, Kubernetes removes what it left. */
  private static final int KEPT_SECONDS = 600;

  private static final int RETRIES = 3;

  Job build() {
    JobSpecBuilder spec =
        new JobSpecBuilder()
            .withCompletionMode("Indexed")
            .withCompletions(job.copies())
            .withParallelism(job.copies())
            .withActiveDeadlineSeconds(job.room().longest().toSeconds())
            .withTtlSecondsAfterFinished(KEPT_SECONDS)
            .withTemplate(pod());
    return new JobBuilder()
        .withNewMetadata()
        .withName(job.name())
        .withNamespace(site.namespace())
        .withLabels(labels())
        .endMetadata()
        .withSpec(
            job.apart()
                ? spec.withBackoffLimitPerIndex(0).build()
                : spec.withBackoffLimit(RETRIES).withPodFailurePolicy(onlyDisruptions()).build())
        .build();
  }

  private Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>(site.settings().owner().labels());
    labels.put(LABEL, job.name());
    return labels;
  }

  private static PodFailurePolicy onlyDisruptions() {
    return new PodFailurePolicyBuilder()
        .addNewRule()
        .withAction("Ignore")
        .addNewOnPodCondition("True", "DisruptionTarget")
        .endRule()
        .addNewRule()
        .withAction("FailJob")
        .withNewOnExitCodes()
        .withOperator("NotIn")
        .withValues(0)
        .endOnExitCodes()
        .endRule()
        .build();
  }

  private PodTemplateSpec pod() {
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(labels())
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withServiceAccountName(job.runsAs().orElse(null))
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds(5L)
        .withSecurityContext(Restricted.pod().withFsGroup(Restricted.USER).build())
        .addNewContainer()
        .withName("job")
        .withImage(site.settings().repository() + "@" + job.image())
        .withArgs(job.arguments())
        .withEnv(environment())
        .withNewResources()
        .withRequests(quantities(job.room().requests()))
        .withLimits(quantities(job.room().limits()))
        .endResources()
        .withSecurityContext(Restricted.container())
        .withVolumeMounts(mounts())
        .endContainer()
        .withVolumes(volumes())
        .endSpec()
        .build();
  }

  private List<EnvVar> environment() {
    Map<String, String> all = new TreeMap<>(job.environment());
    all.put(Jobs.FOLDER, WORK);
    all.put(Jobs.PORT, String.valueOf(PORT));
    List<EnvVar> variables = new ArrayList<>();
    all.forEach((name, value) ->
        variables.add(new EnvVarBuilder().withName(name).withValue(value).build()));
    return variables;
  }

  private List<VolumeMount> mounts() {
    List<VolumeMount> mounts = new ArrayList<>();
    mounts.add(new VolumeMountBuilder().withName("work").withMountPath(WORK).build());
    mounts.add(new VolumeMountBuilder().withName("tmp").withMountPath("/tmp").build());
    job.room()
        .volume()
        .ifPresent(volume ->
            mounts.add(
                new VolumeMountBuilder()
                    .withName("data")
                    .withMountPath(volume.path())
                    .withReadOnly(true)
                    .build()));
    return mounts;
  }

  private List<Volume> volumes() {
    List<Volume> volumes = new ArrayList<>();
    volumes.add(new VolumeBuilder().withName("work").withNewEmptyDir().endEmptyDir().build());
    volumes.add(new VolumeBuilder().withName("tmp").withNewEmptyDir().endEmptyDir().build());
    job.room()
        .volume()
        .ifPresent(volume ->
            volumes.add(
                new VolumeBuilder()
                    .withName("data")
                    .withNewPersistentVolumeClaim(volume.claim(), true)
                    .build()));
    return volumes;
  }

  private static Map<String, Quantity> quantities(Map<String, String> texts) {
    Map<String, Quantity> quantities = new TreeMap<>();
    texts.forEach((resource, text) -> quantities.put(resource, new Quantity(text)));
    return quantities;
  }
}
