package dev.mlops.problem;

import java.util.Arrays;
import java.util.Optional;

/**
 * The catalogue: every problem the tool knows by name. `mlops explain` prints it, and
 * docs/reference/errors.md is generated from it. A code is never given a second meaning.
 */
public enum Code {
  // --- config -------------------------------------------------------------------------------
  CONFIG_MISSING(
      "MLOPS-CONFIG-001",
      ExitCode.USAGE,
      "There is no config file",
      "Commands look for mlops.yaml in the current folder and its parents. Run `mlops init` "
          + "to create one, or name one with --config."),
  CONFIG_INVALID(
      "MLOPS-CONFIG-002",
      ExitCode.USAGE,
      "The config has problems",
      "Every problem is listed with file, line and key. `mlops config show --explain` prints where"
          + " each value comes from."),

  // --- command line ---------------------------------------------------------------------------
  USAGE(
      "MLOPS-USAGE-001",
      ExitCode.USAGE,
      "The command line is wrong",
      "`mlops COMMAND --help` lists the options of a command."),
  CONFIRMATION_NEEDED(
      "MLOPS-USAGE-002",
      ExitCode.USAGE,
      "A question can't be asked here",
      "Without a terminal, or in CI, mlops asks no questions. Give the answer on the "
          + "command line: --yes, or --confirm NAME where an environment's name has to be typed."),
  FILE_EXISTS(
      "MLOPS-INIT-001",
      ExitCode.USAGE,
      "A file to be written exists already",
      "`mlops init` never overwrites a file that has different content. --force replaces "
          + "the files that it lists."),
  FILE_NOT_WRITTEN(
      "MLOPS-INIT-002",
      ExitCode.FAILED,
      "A file can't be written",
      "Each file is written completely or not at all. The disk may be full, or you may have "
          + "no right to write to the folder. Running the command again carries on where it "
          + "stopped."),

  // --- image
  // --------------------------------------------------------------------------------------
  IMAGE_INPUT(
      "MLOPS-IMAGE-001",
      ExitCode.FAILED,
      "A file that goes into the image can't be read",
      "The model's folder is missing, or this user may not read it. `mlops train` creates "
          + "the model."),
  IMAGE_RUNTIME(
      "MLOPS-IMAGE-002",
      ExitCode.FAILED,
      "No Java runtime can be made from this JDK",
      "`jlink` links the image's runtime from the JDK that runs mlops. A JRE has no jlink, "
          + "and some distributions have moved the files it needs to a separate package. Install "
          + "a full JDK 25, such as Temurin, and set JAVA_HOME to it."),
  IMAGE_BASE(
      "MLOPS-IMAGE-003",
      ExitCode.FAILED,
      "The base image is not available",
      "The registry with the base image can't be reached, or the base is unsuitable. On "
          + "Linux, `image.base: host` makes a base from this machine's own C library, without a "
          + "network."),
  IMAGE_DAMAGED(
      "MLOPS-IMAGE-004",
      ExitCode.FAILED,
      "An image on disk is damaged",
      "A file of the image is missing or does not match its digest, or a path in it leads "
          + "out of the image. Build or pull the image again."),
  IMAGE_REFERENCE(
      "MLOPS-IMAGE-006",
      ExitCode.USAGE,
      "This is not an image reference",
      "A reference is HOST[:PORT]/REPOSITORY[:TAG|@sha256:DIGEST], in lower case, such as "
          + "registry.example.com/team/iris:v1."),
  IMAGE_ARCHITECTURE(
      "MLOPS-IMAGE-007",
      ExitCode.FAILED,
      "The image is for another kind of machine",
      "An image's programs are for one processor and operating system. Choose an image, or "
          + "a tag of it, that was built for this one."),
  REGISTRY_UNAUTHORIZED(
      "MLOPS-IMAGE-008",
      ExitCode.FAILED,
      "The registry refuses access",
      "The registry requires other credentials, or yours may not read or write the "
          + "repository. Credentials come from the Docker configuration (~/.docker/config.json: "
          + "`auths`, `credHelpers` and `credsStore`), which `docker login` and the clouds' tools "
          + "write."),
  REGISTRY_NOT_FOUND(
      "MLOPS-IMAGE-009",
      ExitCode.FAILED,
      "The registry does not have it",
      "There is no such repository, tag or digest, or your credentials may not see it. Some "
          + "registries require you to create a repository before the first push."),
  REGISTRY_UNREACHABLE(
      "MLOPS-IMAGE-010",
      ExitCode.FAILED,
      "The registry does not answer",
      "The host name is unknown, nothing answers there, or its certificate is not trusted. "
          + "Plain HTTP is used only for loopback addresses, unless the config allows it."),
  // --- disk -------------------------------------------------------------------------------------
  DISK_FULL(
      "MLOPS-DISK-001",
      ExitCode.FAILED,
      "The disk is full",
      "Whatever could not be written was left as it was. Free some space and run the "
          + "command again. Images, their parts and the state of platform local are in the "
          + "project's .mlops folder and in your cache folder."),
  DISK_NOT_WRITABLE(
      "MLOPS-DISK-002",
      ExitCode.FAILED,
      "A file or folder can't be written",
      "The user who runs the command must be able to write to the project's .mlops folder "
          + "and to the cache folder."),
  DISK_UNREADABLE(
      "MLOPS-DISK-003",
      ExitCode.FAILED,
      "A file can't be read",
      "It is missing or damaged, or this user may not read it. `mlops build` and `mlops up` "
          + "recreate what is missing."),

  // --- training -------------------------------------------------------------------------------
  ARTIFACT_UNREADABLE(
      "MLOPS-MODEL-001",
      ExitCode.FAILED,
      "The model artifact can't be read",
      "The folder in model.artifact is damaged or was written by another version. Remove it "
          + "and train again: the same data and config give the same bytes."),
  NOTHING_TO_TRAIN(
      "MLOPS-MODEL-003",
      ExitCode.USAGE,
      "This project has no model to train",
      "With model.kind image, the service is your own: it is deployed as it is."),
  GATE_QUALITY(
      "MLOPS-MODEL-002",
      ExitCode.GATE,
      "The model is not good enough",
      "A metric missed its bound in model.gate. The rejected model is kept next to the "
          + "previous one, in a folder that ends in .rejected, so that you can look at it."),

  // --- deployment -----------------------------------------------------------------------------
  IMAGE_MISSING(
      "MLOPS-DEPLOY-001",
      ExitCode.FAILED,
      "There is no image to deploy",
      "`mlops build` makes one; `mlops up` does so when necessary."),
  PREDICTION_DIFFERS(
      "MLOPS-DEPLOY-002",
      ExitCode.FAILED,
      "The deployed service's predictions differ from those in training",
      "A golden row was sent to the endpoint, and the answer is not the one recorded in "
          + "training. Something else may be answering at that address, or an older release."),
  ENDPOINT_SILENT(
      "MLOPS-DEPLOY-003",
      ExitCode.FAILED,
      "The endpoint does not answer",
      "The platform reports that the service is running, but a request to its address "
          + "failed. `mlops logs` shows what the replicas wrote."),
  NOTHING_DEPLOYED(
      "MLOPS-DEPLOY-005",
      ExitCode.FAILED,
      "Nothing is deployed in this environment",
      "`mlops up` deploys; `mlops status --env NAME` shows another environment."),
  LEFT_BEHIND(
      "MLOPS-DEPLOY-006",
      ExitCode.FAILED,
      "Something could not be removed",
      "The list names what is left. Run `mlops destroy` again: it carries on with what is "
          + "still there."),
  NOT_LOOKED_AT(
      "MLOPS-DEPLOY-009",
      ExitCode.FAILED,
      "Not everything that was looked for could be seen",
      "Everything of ours that could be seen is gone, and the receipt says so. But the "
          + "right to list some kinds is missing, so nobody can say whether there are any of "
          + "those left."),
  RELEASE_UNKNOWN(
      "MLOPS-DEPLOY-007",
      ExitCode.USAGE,
      "There is no such release to go back to",
      "`mlops releases` lists those that the environment remembers. A cluster keeps as many "
          + "as the Deployment's revisionHistoryLimit says, 10 by default; platform local keeps "
          + "those whose image it still has."),
  RELEASE_NOT_PROMOTED(
      "MLOPS-DEPLOY-008",
      ExitCode.FAILED,
      "The release is not fit to be promoted",
      "Only a release that is running and was seen to predict as in training can go to "
          + "another environment. Get the source environment to run well first; `mlops status` "
          + "and `mlops doctor` say what is wrong."),
  PLATFORM_UNAVAILABLE(
      "MLOPS-DEPLOY-004",
      ExitCode.USAGE,
      "This version can't deploy to that platform",
      "The config may already name it. Choose an environment on a platform that is "
          + "supported."),

  // --- data and training ------------------------------------------------------------------
  DATA_UNREADABLE(
      "MLOPS-DATA-001",
      ExitCode.USAGE,
      "The data file can't be read",
      "`model.data` must name a CSV file that you may read, and that nobody changes while "
          + "it is being read."),
  DATA_ENCODING(
      "MLOPS-DATA-002",
      ExitCode.USAGE,
      "The data file is not UTF-8",
      "Save it as UTF-8 (a byte order mark is fine), or convert it: iconv -f WINDOWS-1252 "
          + "-t UTF-8 in.csv > out.csv. The error names the line with the first bytes that are "
          + "not UTF-8."),
  DATA_HEADER(
      "MLOPS-DATA-003",
      ExitCode.USAGE,
      "The data file has no proper header",
      "The first line names the columns: at least two, each with a name, and no name twice. "
          + "The delimiter is whichever of , ; tab | occurs most often in it."),
  DATA_SHAPE(
      "MLOPS-DATA-004",
      ExitCode.USAGE,
      "A row of the data file can't be read",
      "Every row must have as many fields as the header. A field that contains the "
          + "delimiter, a line break or a double quote must be in double quotes, with double "
          + "quotes inside it doubled."),
  DATA_TOO_SMALL(
      "MLOPS-DATA-005",
      ExitCode.USAGE,
      "There is too little data",
      "A model needs at least 10 rows to be trained and tested."),
  DATA_NO_TARGET(
      "MLOPS-DATA-006",
      ExitCode.USAGE,
      "The data has no such column",
      "`model.target`, `model.features` and `model.exclude` name columns exactly as the "
          + "header does."),
  DATA_TARGET(
      "MLOPS-DATA-007",
      ExitCode.USAGE,
      "The target can't be predicted",
      "The target needs a value in every row: for classification 2 to 256 different ones, "
          + "for regression numbers that are not all the same. Correct the rows that are named, "
          + "or choose another `model.target` or `model.task`."),
  DATA_FEATURE(
      "MLOPS-DATA-008",
      ExitCode.USAGE,
      "A column can't be used as declared",
      "`model.features` declares a type that the column's values don't have, or there is "
          + "nothing left to learn from. Text, identifiers and empty columns are left out "
          + "automatically."),
  ONNX_UNREADABLE(
      "MLOPS-ONNX-001",
      ExitCode.USAGE,
      "The ONNX model can't be run",
      "The file is missing or damaged, uses a newer operator set than ONNX Runtime knows, "
          + "or has its weights in other files. `onnx.checker.check_model` checks it; "
          + "`onnx.save_model` without external data puts everything into one file."),
  ONNX_INPUT(
      "MLOPS-ONNX-002",
      ExitCode.USAGE,
      "The ONNX model's inputs can't be filled from a row",
      "Tensors of float, double, int32, int64, bool and string are served, with the batch as their"
          + " first dimension and all others fixed. `model.onnx.columns` names their values,"
          + " `model.features` the words of a text; see docs/guide/onnx.md."),
  ONNX_OUTPUT(
      "MLOPS-ONNX-003",
      ExitCode.USAGE,
      "The ONNX model's output is no prediction",
      "A prediction is read from one tensor of float or double: probabilities of classes, or one"
          + " number. `model.onnx.scores: logits` turns logits into probabilities."),
  ONNX_CLASSES(
      "MLOPS-ONNX-004",
      ExitCode.USAGE,
      "The ONNX model's classes are not those that were named",
      "`model.onnx.classes` names each class once, in the order of the model's scores, and as the"
          + " data spells them."),
  ONNX_DATA(
      "MLOPS-ONNX-005",
      ExitCode.USAGE,
      "The data does not fit the ONNX model",
      "Each value that the model takes needs a column of its type, without missing values unless it"
          + " is a float or double. `model.onnx.columns` names them in order, `model.exclude` leaves"
          + " others out."),
  TRAINING_REQUEST(
      "MLOPS-TRAIN-001",
      ExitCode.USAGE,
      "The training request is wrong",
      "The part of `model` that is named has a value that training can't work with."),
  TRAINING_FAILED(
      "MLOPS-TRAIN-002",
      ExitCode.FAILED,
      "Training failed",
      "It diverged, or the data did not fit into memory. docs/guide/train.md says how time "
          + "and memory grow, and what you can change."),
  TRAINING_OUTPUT(
      "MLOPS-TRAIN-003",
      ExitCode.FAILED,
      "The model can't be written",
      "You need the right to write to the folder of `model.artifact` and its parent, and "
          + "room for the new model next to the previous one. The previous model is intact."),
  // --- load test ------------------------------------------------------------------------------
  LOAD_TARGET_REFUSED(
      "MLOPS-LOAD-001",
      ExitCode.FAILED,
      "Nothing answers at the load test's target",
      "No connection could be opened, so nothing was measured. `mlops status` shows whether "
          + "the service is running and at which address."),
  LOAD_TARGET_UNSUPPORTED(
      "MLOPS-LOAD-002",
      ExitCode.USAGE,
      "This address can't be load-tested",
      "A target is http://HOST[:PORT] or https://HOST[:PORT], with a host name that can be "
          + "resolved. The load tester uses HTTP/1.1."),
  LOAD_TARGET_FOREIGN(
      "MLOPS-LOAD-003",
      ExitCode.USAGE,
      "The target is not known to be yours",
      "A load test against somebody else's service is an attack. Loopback addresses and the "
          + "project's own endpoint may be tested; for any other host, confirm that it is yours "
          + "with --i-own HOST."),
  LOAD_PLAN(
      "MLOPS-LOAD-004",
      ExitCode.USAGE,
      "The load test's plan has problems",
      "Every problem is listed with file, line and key. docs/guide/loadtest.md shows the plan."),
  LOAD_PAYLOAD(
      "MLOPS-LOAD-005",
      ExitCode.USAGE,
      "There is nothing to send",
      "Request bodies come from the model's schema and profile, from the rows of a CSV "
          + "file, or from the plan itself."),
  LOAD_BASELINE(
      "MLOPS-LOAD-009",
      ExitCode.USAGE,
      "There is no baseline to compare with",
      "--compare needs the report.json of an earlier load test, with at least six measured "
          + "seconds."),
  LOAD_PAGE(
      "MLOPS-LOAD-010",
      ExitCode.FAILED,
      "The load test's page can't be served",
      "--web serves a page on 127.0.0.1, port 8089 unless you name another one: --web=8090."),
  LOAD_WORKERS(
      "MLOPS-LOAD-011",
      ExitCode.FAILED,
      "A worker of the load test did not start",
      "Each worker is a separate process, here or in the cluster. There may be no memory left, "
          + "the limit of processes is reached, or no node has room."),
  LOAD_FILES(
      "MLOPS-LOAD-012",
      ExitCode.FAILED,
      "Not enough files may be open for the load test's users",
      "Each user has its own connection, and each connection counts as one of the files "
          + "that a process may have open. `ulimit -n` shows and raises the limit."),
  LOAD_GATE(
      "MLOPS-LOAD-007",
      ExitCode.GATE,
      "A load-test objective was missed",
      "A gate in the plan or from --gate was not met. The report shows how latency "
          + "developed over time."),
  LOAD_INVALID(
      "MLOPS-LOAD-008",
      ExitCode.INVALID,
      "The measurement is not valid",
      "The load tester watches itself: its CPU, its pauses, and how late it sends. If it "
          + "was the bottleneck, or got no answers at all, the figures say nothing about the "
          + "service."),
  LOAD_REPORT(
      "MLOPS-LOAD-006",
      ExitCode.FAILED,
      "The load test's report can't be written",
      "The disk is full, or you may not write to the folder. Reports go to the project's "
          + "reports folder, unless --report names another one."),

  // --- manifests ------------------------------------------------------------------------------
  MANIFEST_INVALID(
      "MLOPS-MANIFEST-001",
      ExitCode.USAGE,
      "The manifests can't be read",
      "Every file in the manifests folder must contain Kubernetes objects in YAML or JSON. "
          + "Each problem is listed with its file, line and document."),
  MANIFEST_MISSING(
      "MLOPS-MANIFEST-002",
      ExitCode.USAGE,
      "There are no manifests",
      "`manifests:` in mlops.yaml names a folder of Kubernetes objects. `mlops init` "
          + "creates one."),
  MANIFEST_NO_AUTOSCALER(
      "MLOPS-MANIFEST-005",
      ExitCode.USAGE,
      "There is no autoscaler to override",
      "`scale` in the config overrides the HorizontalPodAutoscaler in the manifests, but "
          + "there is none. Add one, or remove `scale`."),
  MANIFEST_NOT_ANNOTATED(
      "MLOPS-MANIFEST-006",
      ExitCode.USAGE,
      "A manifest can't be given annotations",
      "`mlops init --observability` writes into the Deployment of the project's image that its pods"
          + " may be scraped. That takes YAML with a line for each key; JSON and YAML in braces are"
          + " left to you."),
  MANIFEST_NOT_OPENED(
      "MLOPS-MANIFEST-007",
      ExitCode.USAGE,
      "A NetworkPolicy can't be given a way out",
      "`mlops init --traces` adds lines to the policy's file, so that comments and order stay. Where"
          + " it is JSON or written in one line, the rules have to be added by hand."),
  MANIFEST_NO_WORKLOAD(
      "MLOPS-MANIFEST-003",
      ExitCode.USAGE,
      "No Deployment runs the project's image",
      "A container in a Deployment must name the image, such as `image: iris`. Only the "
          + "image is replaced by the release's; everything else is applied as it is."),
  MANIFEST_VALUE(
      "MLOPS-MANIFEST-004",
      ExitCode.USAGE,
      "The manifests have invalid values",
      "Each is listed with its object and path, and what is expected there."),

  // --- platform local -------------------------------------------------------------------------
  LOCAL_PORT_TAKEN(
      "MLOPS-LOCAL-001",
      ExitCode.FAILED,
      "The port is taken",
      "Another program uses the service's port: often the service of another project, as "
          + "they all start out with 8080. Set `local.port` in mlops.yaml to a free port, or stop "
          + "the other program. `mlops open` takes another port with --port."),
  LOCAL_START_FAILED(
      "MLOPS-LOCAL-002",
      ExitCode.FAILED,
      "The supervisor did not start",
      "A background process runs the replicas. It ended at once or never answered; the end "
          + "of its log is shown as the cause."),
  LOCAL_ROLLOUT_FAILED(
      "MLOPS-LOCAL-003",
      ExitCode.FAILED,
      "The release did not come up",
      "A new replica ended or never became ready. The previous release, if there was one, "
          + "keeps serving. The replica's last lines are shown as the cause; `mlops logs` has the "
          + "rest."),
  LOCAL_SUPERVISOR_LOST(
      "MLOPS-LOCAL-006",
      ExitCode.FAILED,
      "The supervisor does not answer",
      "It ended, or is stuck in the middle of a command. `mlops up` starts it again from "
          + "its saved state."),
  LOCAL_IMAGE(
      "MLOPS-LOCAL-007",
      ExitCode.FAILED,
      "The image can't be run on this machine",
      "A replica is a plain process that runs from the image's own files. The image must "
          + "have been published to this platform and name a program to start."),
  LOCAL_NO_REPLICA(
      "MLOPS-LOCAL-008",
      ExitCode.USAGE,
      "There is no such replica",
      "`mlops status` lists the replicas; the logs of those that ended recently are kept "
          + "too."),

  // --- platform kubernetes --------------------------------------------------------------------
  KUBERNETES_CONFIG(
      "MLOPS-KUBE-001",
      ExitCode.USAGE,
      "The kubeconfig does not lead to a cluster",
      "`kubernetes.context` must name a context in the kubeconfig, which is the file that "
          + "`kubernetes.kubeconfig` or KUBECONFIG names, or ~/.kube/config. The current context "
          + "is never used by itself."),
  KUBERNETES_UNREACHABLE(
      "MLOPS-KUBE-002",
      ExitCode.FAILED,
      "The cluster does not answer",
      "The API server did not answer, or failed. The network, a proxy or a certificate may "
          + "be the reason. A busy server is asked again several times before you see this."),
  KUBERNETES_UNAUTHORIZED(
      "MLOPS-KUBE-003",
      ExitCode.FAILED,
      "The cluster does not accept the credentials",
      "The credentials in the kubeconfig's context have expired, or belong to another "
          + "cluster. Log in again, as the cluster's provider describes."),
  KUBERNETES_FORBIDDEN(
      "MLOPS-KUBE-004",
      ExitCode.FAILED,
      "A right is missing in the cluster",
      "The API server says which verb on which resource. docs/reference/kubernetes-role.md "
          + "has the smallest Role that mlops needs for everything it does."),
  KUBERNETES_REJECTED(
      "MLOPS-KUBE-005",
      ExitCode.FAILED,
      "The cluster refuses an object",
      "The API server or one of its admission webhooks says why. Objects are applied as "
          + "they are in the manifests folder: correct them there."),
  KUBERNETES_CONFLICT(
      "MLOPS-KUBE-006",
      ExitCode.FAILED,
      "Somebody else owns a field",
      "Server-side apply keeps track of who set which field. Put the value into your "
          + "manifests, leave the field out of them, or take it over with --force-conflicts."),
  KUBERNETES_ROLLOUT(
      "MLOPS-KUBE-007",
      ExitCode.FAILED,
      "The release did not come up",
      "The new pods did not become ready within the Deployment's progressDeadlineSeconds, or "
          + "nothing changed in a StatefulSet for ten minutes. `mlops status` shows what keeps them."),
  KUBERNETES_NO_REPLICA(
      "MLOPS-KUBE-008",
      ExitCode.USAGE,
      "There is no such replica",
      "`mlops status` lists the replicas. When a pod is replaced, its log is gone."),
  KUBERNETES_LOGIN(
      "MLOPS-KUBE-009",
      ExitCode.FAILED,
      "The kubeconfig's credentials are not available",
      "A context may name a program that fetches credentials (`users[].user.exec`), a file "
          + "with a token, or a certificate. The program must be installed, logged in, and print "
          + "an ExecCredential; a certificate must not have expired."),
  KUBERNETES_STUCK(
      "MLOPS-KUBE-020",
      ExitCode.FAILED,
      "An object can't be removed",
      "An object with finalizers goes away when whoever set them has taken them off: a "
          + "cloud's load balancer, a storage driver, an operator. If that has been uninstalled, "
          + "nobody does; with `kubectl edit` you can take a finalizer off by hand. A pod on a "
          + "node that does not answer stays until the node is back, or is removed from the "
          + "cluster."),
  KUBERNETES_KIND(
      "MLOPS-KUBE-021",
      ExitCode.FAILED,
      "The cluster does not know a kind of object",
      "A custom resource needs its definition, which an operator or a chart installs. Other "
          + "kinds appear and disappear with Kubernetes' versions."),
  KUBERNETES_IMMUTABLE(
      "MLOPS-KUBE-022",
      ExitCode.FAILED,
      "A field can't be changed",
      "A Deployment's selector, a Job's template and some other fields can't be changed "
          + "once the object exists. Give the object another name: the new one then replaces it "
          + "without a gap, since what has left the manifests is removed only after the new one "
          + "is ready."),
  KUBERNETES_JOB_RUNS(
      "MLOPS-KUBE-023",
      ExitCode.FAILED,
      "A Job of the previous release is still running",
      "What a Job runs can't be changed once it exists. A Job of ours that has ended is "
          + "replaced by the next release's; one that is running is not interrupted. Wait until "
          + "it has ended, or remove it."),

  // --- what a cluster is like ---------------------------------------------------------------
  CLUSTER_VERSION(
      "MLOPS-CLUSTER-001",
      ExitCode.FAILED,
      "The cluster's version does not fit",
      "Server-side apply with strict validation and autoscaling/v2 need Kubernetes 1.25 or "
          + "newer. A node may be up to three minor versions older than the API server, but never "
          + "newer."),
  CLUSTER_NAMESPACE(
      "MLOPS-CLUSTER-002",
      ExitCode.FAILED,
      "The namespace can't be used",
      "It does not exist and you may not create it, or it is being removed. "
          + "`kubernetes.namespace` names it."),
  CLUSTER_DNS(
      "MLOPS-CLUSTER-003",
      ExitCode.FAILED,
      "Names can't be resolved in the cluster",
      "No pod of the cluster's DNS service is ready, so pods can't find each other by name. "
          + "Ask whoever runs the cluster."),
  CLUSTER_AUTOSCALER(
      "MLOPS-CLUSTER-004",
      ExitCode.FAILED,
      "The autoscaler does not scale",
      "The HorizontalPodAutoscaler says why. Usually it lacks metrics: metrics-server "
          + "provides CPU and memory, an adapter all others."),
  CLUSTER_NODES(
      "MLOPS-CLUSTER-005",
      ExitCode.FAILED,
      "No node can run the image",
      "An image's programs are for one kind of processor, and the cluster has no "
          + "schedulable node of that kind. Build on such a machine, for example in CI, or add a "
          + "node."),

  // --- platform gcp ---------------------------------------------------------------------------
  GCP_CREDENTIALS(
      "MLOPS-GCP-001",
      ExitCode.FAILED,
      "There are no valid credentials for Google Cloud",
      "A token in GOOGLE_OAUTH_ACCESS_TOKEN is used first, then the application default "
          + "credentials: the file in GOOGLE_APPLICATION_CREDENTIALS (service account, workload "
          + "identity federation, impersonation), the login of `gcloud auth application-default "
          + "login`, or the metadata server's account."),
  GCP_ENDPOINT(
      "MLOPS-GCP-002",
      ExitCode.USAGE,
      "An address in gcp.endpoints does not fit its API",
      "Use https for private endpoints. grpc and http (REST) are not encrypted and work for "
          + "this machine only."),
  GCP_DENIED(
      "MLOPS-GCP-003",
      ExitCode.FAILED,
      "A right is missing in Google Cloud",
      "Google says which permission on which resource. docs/guide/gcp.md lists the roles that each"
          + " step needs; owning the project is enough for all."),
  GCP_API_DISABLED(
      "MLOPS-GCP-004",
      ExitCode.FAILED,
      "An API of the project is off",
      "`mlops provision --only apis` enables all that are needed. It can take some minutes "
          + "until a newly enabled API answers."),
  GCP_BILLING(
      "MLOPS-GCP-005",
      ExitCode.FAILED,
      "The project has no billing account",
      "Clusters and registries need one, even within the free tier. Set "
          + "`gcp.billingAccount` to the account that the project should be linked to."),
  GCP_QUOTA(
      "MLOPS-GCP-006",
      ExitCode.FAILED,
      "A quota of the project is used up",
      "Google says which one, and by how much. Fewer or smaller nodes, one zone instead of "
          + "three, or pd-standard disks need less; you can request more in the console."),
  GCP_UNAVAILABLE(
      "MLOPS-GCP-007",
      ExitCode.FAILED,
      "Google did not answer in time",
      "Calls that fail temporarily are repeated for a minute or two, and mlops waits for a "
          + "busy cluster; this took longer. What has been started continues at Google, and the "
          + "next run picks it up."),
  GCP_REJECTED(
      "MLOPS-GCP-008",
      ExitCode.FAILED,
      "Google refuses a request",
      "It says why. Usually a key of `gcp` in the config has a value that does not go with "
          + "the others or with the location."),
  GCP_FOREIGN(
      "MLOPS-GCP-009",
      ExitCode.FAILED,
      "Something with this name exists and is not ours",
      "What mlops creates has labels that name the tool, the project and the environment. "
          + "With `gcp.adopt: true`, a cluster or a repository without them is used as it is: it "
          + "is not changed, and `destroy` leaves it alone."),
  GCP_NO_PROJECT(
      "MLOPS-GCP-010",
      ExitCode.FAILED,
      "The project can't be used",
      "Project ids are unique in all of Google Cloud: if you can't read it, it belongs to "
          + "somebody else, or your credentials have no role in it."),
  GCP_NO_CLUSTER(
      "MLOPS-GCP-011",
      ExitCode.FAILED,
      "The cluster does not exist",
      "`mlops provision` creates it; `mlops up` does everything that is missing."),
  GCP_OPERATION(
      "MLOPS-GCP-012",
      ExitCode.FAILED,
      "Google could not finish an operation",
      "It was started and ended with the error shown. If you run the command again, it "
          + "starts anew with whatever does not exist."),
  GCP_IDENTITY(
      "MLOPS-GCP-014",
      ExitCode.FAILED,
      "The pods do not have the identity they were given",
      "A Job with the image asked the metadata server who it is. Without workload identity, "
          + "it is the node's account, which may do more than the pods should. `mlops provision` "
          + "turns workload identity on, for the cluster and for each node pool."),
  GCP_GITHUB(
      "MLOPS-GCP-013",
      ExitCode.FAILED,
      "The GitHub repository can't be looked up",
      "Workflows are let in by the ids of the repository and its owner, which nobody else "
          + "can take over. GitHub shows the ids of public repositories; for a private one, set "
          + "gcp.github.repositoryId and gcp.github.ownerId."),
  // --- workflows ------------------------------------------------------------------------------
  CI_NO_WORKFLOW(
      "MLOPS-CI-001",
      ExitCode.USAGE,
      "There is no workflow to check",
      "GitHub reads the workflows in .github/workflows: files that end in .yml or .yaml."),
  CI_BROKEN(
      "MLOPS-CI-002",
      ExitCode.FAILED,
      "A workflow is broken",
      "GitHub would refuse it, or it is not safe. Each finding has its line and its rule, "
          + "which docs/guide/ci.md explains. `mlops ci check` shows them all."),
  CI_GITHUB(
      "MLOPS-CI-003",
      ExitCode.FAILED,
      "GitHub's API can't be used",
      "The token comes from GITHUB_TOKEN or GH_TOKEN, the repository from GITHUB_REPOSITORY "
          + "or the key ci.repository. In a workflow, the job's `permissions` decide what its "
          + "token may do."),
  CI_PREVIEW(
      "MLOPS-CI-004",
      ExitCode.USAGE,
      "There is no environment for previews",
      "A preview of a pull request runs on the platform of the environment that "
          + "ci.preview.environment names, or of dev; never where production runs."),
  CI_IDENTITY(
      "MLOPS-CI-005",
      ExitCode.FAILED,
      "The run has no identity",
      "GitHub gives a job its own token if its `permissions` include `id-token: write`. "
          + "Runs for forks and for Dependabot never get one."),
  // --- jobs -----------------------------------------------------------------------------------
  JOB_FAILED(
      "MLOPS-JOB-001",
      ExitCode.FAILED,
      "A job did not finish",
      "It failed, ran out of memory or of time, or was removed by somebody else. "
          + "`training.limits` and `training.longest` in the config say what a training job may "
          + "use."),
  JOB_BLOCKED(
      "MLOPS-JOB-002",
      ExitCode.FAILED,
      "A job can't start",
      "The cluster says why: a quota is used up, no node has room, the image or the volume "
          + "claim is not available, or admission refuses the pod. `training.requests` and "
          + "`training.limits` in the config say what a training job requests."),
  JOB_RESULT(
      "MLOPS-JOB-003",
      ExitCode.FAILED,
      "The result of a job could not be fetched",
      "The files of a trained model are copied from its pod through the API server, and "
          + "their digest is compared with what training reported. This needs the right to "
          + "forward ports to pods."),

  // --- what keeps a release from coming up on Kubernetes
  // ------------------------------------------
  KUBERNETES_IMAGE_MISSING(
      "MLOPS-KUBE-101",
      ExitCode.FAILED,
      "The cluster does not find the image",
      "The node's registry has no such repository or digest, or the name is not an image "
          + "reference. `mlops up` publishes what is missing; your own image has to be pushed by "
          + "hand."),
  KUBERNETES_IMAGE_DENIED(
      "MLOPS-KUBE-102",
      ExitCode.FAILED,
      "The cluster may not pull the image",
      "The registry refuses the node. Give the ServiceAccount or the pods an "
          + "imagePullSecret, or give the nodes the right to read from the registry."),
  KUBERNETES_IMAGE_PULL(
      "MLOPS-KUBE-103",
      ExitCode.FAILED,
      "The cluster can't pull the image",
      "The node can't reach the registry, or the download was incomplete. It keeps trying, "
          + "at growing intervals."),
  KUBERNETES_CRASH(
      "MLOPS-KUBE-104",
      ExitCode.FAILED,
      "A container keeps crashing",
      "It ended at least twice without ever becoming ready. The error shows its exit code "
          + "and the last lines of its log."),
  KUBERNETES_OUT_OF_MEMORY(
      "MLOPS-KUBE-105",
      ExitCode.FAILED,
      "A container runs out of memory",
      "It was killed when it reached `resources.limits.memory`. Raise the limit, or make "
          + "the service use less."),
  KUBERNETES_UNSCHEDULABLE(
      "MLOPS-KUBE-106",
      ExitCode.FAILED,
      "No node has room for a pod",
      "The scheduler says what is missing: CPU, memory, a label, a toleration, a volume. If "
          + "the cluster's autoscaler is adding a node, mlops waits for it."),
  KUBERNETES_PROBE(
      "MLOPS-KUBE-107",
      ExitCode.FAILED,
      "A probe fails",
      "The kubelet requests the probe's path and gets no good answer. Path and port must be "
          + "those of the service; for a slow start, use a startupProbe with enough attempts."),
  KUBERNETES_QUOTA(
      "MLOPS-KUBE-108",
      ExitCode.FAILED,
      "A quota is used up",
      "A ResourceQuota in the namespace leaves no room for another pod. A rollout needs "
          + "room for `maxSurge` additional pods, or `maxUnavailable` above 0."),
  KUBERNETES_ADMISSION(
      "MLOPS-KUBE-109",
      ExitCode.FAILED,
      "The cluster does not admit the pods",
      "Pod Security, a LimitRange or an admission webhook refuses something in the "
          + "Deployment; the error quotes it."),
  KUBERNETES_REFERENCE(
      "MLOPS-KUBE-110",
      ExitCode.FAILED,
      "The pods refer to something that does not exist",
      "A ConfigMap, a Secret, one of their keys, a ServiceAccount or a volume is missing in "
          + "the namespace."),
  KUBERNETES_CONTAINER(
      "MLOPS-KUBE-111",
      ExitCode.FAILED,
      "A container can't be started",
      "The node could not create or start it: the program is not in the image, or the "
          + "security context does not let it run."),

  // --- everything else --------------------------------------------------------------------------
  INTERRUPTED(
      "MLOPS-RUN-001",
      ExitCode.INTERRUPTED,
      "Interrupted",
      "Run the same command again to carry on where it stopped; a load test starts anew."),
  INSTALLATION(
      "MLOPS-RUN-003",
      ExitCode.FAILED,
      "The installation is incomplete",
      "A part of mlops is missing. Build or install it again."),
  SERVICE_FAILED(
      "MLOPS-RUN-004",
      ExitCode.FAILED,
      "The model service's batch command failed",
      "Training and data inspection run in a separate process, which ended without a "
          + "result. Its last lines are shown as the cause."),
  BUSY(
      "MLOPS-RUN-002",
      ExitCode.FAILED,
      "Another mlops command is at work on this project",
      "Only one command at a time can change an environment. Wait until it is done, or stop "
          + "it."),
  INTERNAL(
      "MLOPS-INTERNAL-001",
      ExitCode.FAILED,
      "This is a bug in mlops",
      "Something happened that mlops does not handle. The log file has the stack trace; "
          + "please report it.");

  private final String id;
  private final ExitCode exitCode;
  private final String title;
  private final String explanation;

  Code(String id, ExitCode exitCode, String title, String explanation) {
    this.id = id;
    this.exitCode = exitCode;
    this.title = title;
    this.explanation = explanation;
  }

  public static Optional<Code> find(String id) {
    return Arrays.stream(values()).filter(code -> code.id.equalsIgnoreCase(id)).findFirst();
  }

  /** The stable name, {@code MLOPS-AREA-NNN}. */
  public String id() {
    return id;
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  public String title() {
    return title;
  }

  public String explanation() {
    return explanation;
  }

  public MlopsException problem(String message, String why, String next) {
    return new MlopsException(new Problem(this, message, why, next, ""), null);
  }

  public MlopsException problem(String message, String why, String next, Throwable cause) {
    return new MlopsException(new Problem(this, message, why, next, rawCause(cause)), cause);
  }

  private static String rawCause(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
  }
}
