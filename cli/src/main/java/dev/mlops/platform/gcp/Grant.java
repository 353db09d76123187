package dev.mlops.platform.gcp;

import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;

/**
 * One role for one member.
 *
 * @param role such as {@code roles/artifactregistry.reader}
 * @param member such as {@code serviceAccount:nodes@p.iam.gserviceaccount.com}
 */
record Grant(String role, String member) {
  /** A binding with a condition is another grant, which holds only sometimes. */
  boolean isIn(Policy policy) {
    return policy.getBindingsList().stream()
        .anyMatch(binding -> isPlain(binding, role) && binding.getMembersList().contains(member));
  }

  void addTo(Policy.Builder policy) {
    for (Binding.Builder binding : policy.getBindingsBuilderList()) {
      if (isPlain(binding.build(), role)) {
        binding.addMembers(member);
        return;
      }
    }
    policy.addBindings(Binding.newBuilder().setRole(role).addMembers(member));
  }

  private static boolean isPlain(Binding binding, String role) {
    return binding.getRole().equals(role) && !binding.hasCondition();
  }

  @Override
  public String toString() {
    return role + " for " + member.replaceFirst("^serviceAccount:", "");
  }
}
