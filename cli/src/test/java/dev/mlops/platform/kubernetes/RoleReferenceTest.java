package dev.mlops.platform.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.mlops.Golden;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page that a cluster's owner is given says what the tool's table says. */
final class RoleReferenceTest {
  @Test
  void page() throws Exception {
    var page = new StringBuilder(BEGINNING);
    page.append("```yaml\n").append(yaml("Role", "mlops", RoleText.required())).append("```\n");
    page.append(OPTIONAL);
    List<Right> inNamespace = RoleText.optional(Right.Place.NAMESPACE_OPTIONAL);
    List<Right> inCluster = RoleText.optional(Right.Place.CLUSTER_OPTIONAL);
    table(page, inNamespace, "namespace");
    table(page, inCluster, "cluster");
    page.append("\n```yaml\n").append(yaml("Role", "mlops-more", inNamespace)).append("---\n");
    page.append(yaml("ClusterRole", "mlops-more", inCluster)).append("```\n").append(END);
    Golden.check(Path.of("../docs/reference/kubernetes-role.md"), page.toString());
  }

  private static void table(StringBuilder page, List<Right> rights, String where) {
    for (Right right : rights) {
      page.append("| ").append(right.title(String.join(", ", right.verbs())));
      page.append(" | ").append(where).append(" | ").append(right.purpose()).append(" |\n");
    }
  }

  /** What is printed and what the tests live by are the same. */
  private static String yaml(String kind, String name, List<Right> rights) throws Exception {
    String text = RoleText.yaml(kind, name, rights);
    assertEquals(
        RoleText.role(kind, name, rights), new ObjectMapper(new YAMLFactory()).readTree(text));
    return text;
  }

  private static final String BEGINNING =
      """
      # Rights in a cluster

      Generated from the tool's own table of what it calls. A test runs the whole life cycle on a real cluster with a ServiceAccount that has
      only this, and fails when a call is refused or when a right is never used.

      ## The smallest Role
      In the environment's namespace, which has to be there. It fits the manifests that `mlops init` writes; for every other kind in `k8s/`
      add a rule with the verbs `create, delete, get, list, patch`. `mlops doctor` and every `deploy` list all that is missing at once.

      """;

  private static final String OPTIONAL =
      """

      ## What may be given beside it
      Without these the tool tells less, and three things do not go: training in the cluster, load from workers there, and the doctor's look from inside. `destroy` looks for what is ours among all kinds of objects; those that it may not
      list it passes over, as nobody could have made them with this Role.

      | right | where | for |
      |---|---|---|
      """;

  private static final String END =
      """

      ## Giving them
      ```sh
      kubectl -n NAMESPACE create serviceaccount mlops
      kubectl -n NAMESPACE apply -f role.yaml
      kubectl -n NAMESPACE create rolebinding mlops --role mlops --serviceaccount NAMESPACE:mlops
      kubectl create clusterrolebinding mlops-more --clusterrole mlops-more --serviceaccount NAMESPACE:mlops   # if wanted
      ```

      ## For those who change the tool
      A new call to the API server needs its line in `Rights`, and a use in `RightsIT`, which names what is missing. This page is then written
      anew by `RoleReferenceTest` with `-Dgolden.update=true`.
      """;
}
