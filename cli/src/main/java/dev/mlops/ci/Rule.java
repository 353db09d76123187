package dev.mlops.ci;

/** Something that every workflow shall keep. */
interface Rule {
  void check(Workflow workflow, Findings findings);
}
