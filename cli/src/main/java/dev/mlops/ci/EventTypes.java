package dev.mlops.ci;

import java.util.List;
import java.util.Map;

/**
 * Activity types of the events.
 *
 * @see <a href="https://docs.github.com/actions/reference/workflows-and-actions/events">Events</a>
 */
final class EventTypes {
  private static final List<String> OF_REQUESTS =
      names(
          "assigned unassigned labeled unlabeled opened edited closed reopened synchronize"
              + " converted_to_draft locked unlocked enqueued dequeued milestoned demilestoned"
              + " ready_for_review review_requested review_request_removed auto_merge_enabled"
              + " auto_merge_disabled");

  private static final List<String> OF_TEXTS = names("created edited deleted");

  private static final Map<String, List<String>> TYPES =
      Map.ofEntries(
          Map.entry("branch_protection_rule", OF_TEXTS),
          Map.entry("check_run", names("created rerequested completed requested_action")),
          Map.entry("check_suite", names("completed")),
          Map.entry(
              "discussion",
              names(
                  "created edited deleted transferred pinned unpinned labeled unlabeled locked"
                      + " unlocked category_changed answered unanswered")),
          Map.entry("discussion_comment", OF_TEXTS),
          Map.entry("issue_comment", OF_TEXTS),
          Map.entry(
              "issues",
              names(
                  "opened edited deleted transferred pinned unpinned closed reopened assigned"
                      + " unassigned labeled unlabeled locked unlocked milestoned demilestoned"
                      + " typed untyped")),
          Map.entry("label", OF_TEXTS),
          Map.entry("merge_group", names("checks_requested")),
          Map.entry("milestone", names("created closed opened edited deleted")),
          Map.entry("pull_request", OF_REQUESTS),
          Map.entry("pull_request_target", OF_REQUESTS),
          Map.entry("pull_request_review", names("submitted edited dismissed")),
          Map.entry("pull_request_review_comment", OF_TEXTS),
          Map.entry("registry_package", names("published updated")),
          Map.entry(
              "release",
              names("published unpublished created edited deleted prereleased released")),
          Map.entry("watch", names("started")),
          Map.entry("workflow_run", names("completed requested in_progress")));

  private EventTypes() {}

  /** Empty where any name may be given. */
  static List<String> of(String event) {
    return TYPES.getOrDefault(event, List.of());
  }

  private static List<String> names(String spaced) {
    return List.of(spaced.split(" ", -1));
  }
}
