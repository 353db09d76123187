package dev.mlops.platform.gcp;

import com.google.cloud.billing.v1.ProjectBillingInfo;
import com.google.cloud.resourcemanager.v3.CreateProjectRequest;
import com.google.cloud.resourcemanager.v3.Project;
import com.google.longrunning.Operation;
import dev.mlops.platform.Resource;
import dev.mlops.problem.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The project: found, or made where the config says below what; and its billing account. It is
 * never removed, since more than ours may be in it.
 */
record ProjectResource(Site site) implements Resource {
  static final String ID = "project";
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int LOOKS_AT_A_TAKEN_ID = 8;

  /** Projects that are not there and those that are not for us look the same. */
  private static final Set<Fault.Kind> NOT_SEEN = EnumSet.of(Fault.Kind.ABSENT, Fault.Kind.DENIED);

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "Project";
  }

  @Override
  public State look() throws InterruptedException {
    Optional<Project> found = find();
    if (found.isEmpty()) {
      return new State.Missing("project " + site.project());
    }
    requireActive(found.get());
    if (!isUnbilled()) {
      return new State.Ready(site.project());
    }
    return new State.Differs(
        List.of(new Difference("billing account: none, wanted " + wantedAccount(), Way.IN_PLACE)));
  }

  @Override
  public String ensure(Consumer<String> progress) throws InterruptedException {
    boolean isNew = find().isEmpty();
    if (isNew) {
      create(progress);
    }
    if (isNew || isUnbilled()) {
      link(isNew, progress);
    }
    return site.project();
  }

  @Override
  public List<String> byHand() {
    List<String> commands = new ArrayList<>();
    String parent =
        site.config().parent().map(name -> " --" + name.replaceFirst("s/", "=")).orElse("");
    commands.add(
        "gcloud projects create " + site.project() + parent + " --labels=" + Labels.text(site));
    site.config()
        .billingAccount()
        .ifPresent(account ->
            commands.add(
                "gcloud billing projects link "
                    + site.project()
                    + " --billing-account="
                    + account));
    return commands;
  }

  /** Whether a project that is not seen is somebody else's, creating tells. */
  private Optional<Project> find() throws InterruptedException {
    return site.policy()
        .find(
            "read the project " + site.project(),
            NOT_SEEN,
            () -> site.clients().projects().getProject(site.projectName()));
  }

  private void requireActive(Project project) {
    if (project.getState() == Project.State.DELETE_REQUESTED) {
      throw Code.GCP_NO_PROJECT.problem(
          "The project " + site.project() + " is being deleted",
          "It can be had back for 30 days; its id can't be used again.",
          "gcloud projects undelete " + site.project());
    }
  }

  private void create(Consumer<String> progress) throws InterruptedException {
    String deed = "make the project " + site.project();
    Project.Builder wanted =
        Project.newBuilder()
            .setProjectId(site.project())
            .setDisplayName(site.project())
            .putAllLabels(site.names().labels());
    site.config().parent().ifPresent(wanted::setParent);
    var request = CreateProjectRequest.newBuilder().setProject(wanted).build();
    var projects = site.clients().projects();
    progress.accept("making the project");
    Optional<Operation> begun =
        site.policy()
            .create(
                deed,
                progress,
                () -> find().isPresent(),
                () -> projects.createProjectCallable().call(request));
    if (begun.isPresent()) {
      new Making(site, deed, LONGEST, site.clients()::projectOperation, () -> find().isPresent())
          .await(begun, progress);
    } else {
      awaitOrRefuse(deed, progress);
    }
  }

  /** The id is taken: by an earlier run of ours that was cut off, or by somebody else. */
  private void awaitOrRefuse(String deed, Consumer<String> progress) throws InterruptedException {
    for (int asked = 1; asked <= LOOKS_AT_A_TAKEN_ID; asked++) {
      if (find().isPresent()) {
        return;
      }
      progress.accept("waiting for Google to " + deed);
      site.policy().pace().rest(asked);
    }
    throw Code.GCP_NO_PROJECT.problem(
        "The project id " + site.project() + " is taken, and not by these credentials' owner",
        "Ids are unique in all of Google Cloud, those of deleted projects too.",
        "Choose another gcp.project");
  }

  /** As far as it may be read. */
  private boolean isUnbilled() throws InterruptedException {
    return site.policy()
        .find(
            "read the billing account of " + site.project(),
            EnumSet.of(Fault.Kind.ABSENT, Fault.Kind.DENIED, Fault.Kind.DISABLED),
            () -> site.clients().billing().getProjectBillingInfo(site.projectName()))
        .filter(info -> !info.getBillingEnabled())
        .isPresent();
  }

  private String wantedAccount() {
    return site.config()
        .billingAccount()
        .orElseThrow(() ->
            Code.GCP_BILLING.problem(
                "The project " + site.project() + " has no billing account",
                "Clusters and registries need one, even within the free tier.",
                "Set gcp.billingAccount, one of: gcloud billing accounts list"));
  }

  /** A new project gives its owner the right to it a moment later. */
  private void link(boolean isNew, Consumer<String> progress) throws InterruptedException {
    String account = wantedAccount();
    progress.accept("linking the billing account " + account);
    ProjectBillingInfo wanted =
        ProjectBillingInfo.newBuilder().setBillingAccountName("billingAccounts/" + account).build();
    site.policy()
        .change(
            "link the billing account " + account,
            isNew ? Fault.Kind.DENIED : Fault.Kind.UNAVAILABLE,
            progress,
            () -> site.clients().billing().updateProjectBillingInfo(site.projectName(), wanted));
  }
}
