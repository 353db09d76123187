package dev.mlops.loadtest;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text in which {@code {{…}}} stands for values that are made anew for each request. */
record Template(List<Part> parts) {
  private static final Pattern HOLE = Pattern.compile("\\{\\{\\s*(.*?)\\s*}}");
  private static final String KNOWN =
      "{{uniform MIN MAX DECIMALS}}, {{int MIN MAX}}, {{pick A B C}}, {{text LENGTH}}, {{uuid}} and"
          + " {{number}} are known";

  /** A piece of the text. */
  sealed interface Part {
    record Literal(String text) implements Part {}

    record Uniform(double min, double max, int decimals) implements Part {}

    record Whole(long min, long max) implements Part {}

    record Pick(List<String> choices) implements Part {}

    record Letters(int length) implements Part {}

    record RandomId() implements Part {}

    /** 1 for the first, 2 for the second. */
    record Count() implements Part {}

    private String render(int number, SplittableRandom random) {
      return switch (this) {
        case Literal(String text) -> text;
        case Uniform(double min, double max, int decimals) ->
            BigDecimal.valueOf(min + (max - min) * random.nextDouble())
                .setScale(decimals, RoundingMode.HALF_EVEN)
                .toPlainString();
        case Whole(long min, long max) -> String.valueOf(random.nextLong(min, max + 1));
        case Pick(List<String> choices) -> choices.get(random.nextInt(choices.size()));
        case Letters(int length) ->
            random
                .ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        case RandomId _ ->
            new UUID(
                    (random.nextLong() & ~0xf000L) | 0x4000L,
                    (random.nextLong() >>> 2) | (1L << 63))
                .toString();
        case Count _ -> String.valueOf(number + 1);
      };
    }
  }

  /**
   * @throws IllegalArgumentException with a message for the user
   */
  static Template parse(String text) {
    List<Part> parts = new ArrayList<>();
    Matcher hole = HOLE.matcher(text);
    int end = 0;
    while (hole.find()) {
      parts.add(new Part.Literal(text.substring(end, hole.start())));
      parts.add(generator(hole.group(1)));
      end = hole.end();
    }
    parts.add(new Part.Literal(text.substring(end)));
    return new Template(parts);
  }

  private static Part generator(String words) {
    String[] all = words.split("\\s+", -1);
    try {
      return switch (all[0] + "/" + (all.length - 1)) {
        case "uniform/2", "uniform/3" -> uniform(all);
        case "int/2" -> whole(Long.parseLong(all[1]), Long.parseLong(all[2]));
        case "text/1" -> new Part.Letters(Math.clamp(Long.parseLong(all[1]), 0, 100_000));
        case "uuid/0" -> new Part.RandomId();
        case "number/0" -> new Part.Count();
        default -> {
          if (!all[0].equals("pick") || all.length == 1) {
            throw unknown(words);
          }
          yield new Part.Pick(List.of(all).subList(1, all.length));
        }
      };
    } catch (NumberFormatException e) {
      throw unknown(words);
    }
  }

  private static Part uniform(String[] words) {
    double min = Double.parseDouble(words[1]);
    double max = Double.parseDouble(words[2]);
    int decimals = words.length == 4 ? Integer.parseInt(words[3]) : 3;
    if (!(min <= max) || decimals < 0 || decimals > 12) {
      throw unknown(String.join(" ", words));
    }
    return new Part.Uniform(min, max, decimals);
  }

  private static Part whole(long min, long max) {
    if (min > max || max == Long.MAX_VALUE) {
      throw unknown("int " + min + " " + max);
    }
    return new Part.Whole(min, max);
  }

  private static IllegalArgumentException unknown(String words) {
    return new IllegalArgumentException("{{" + words + "}} can't be generated; " + KNOWN);
  }

  /** Whether it is the same every time. */
  boolean isFixed() {
    return parts.stream().allMatch(part -> part instanceof Part.Literal);
  }

  /**
   * @param number of the request, from 0
   */
  String render(int number, SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(part.render(number, random)));
    return text.toString();
  }
}
