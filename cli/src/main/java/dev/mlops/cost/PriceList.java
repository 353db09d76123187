package dev.mlops.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The list prices of one provider in one region.
 *
 * @param byName such as {@code cluster} or {@code pd-balanced}
 * @param notes what the prices do not say, by when it applies
 * @param machineTypes name to what it is billed for: units by the name of their price
 */
public record PriceList(
    String provider,
    String currency,
    String region,
    BigDecimal hoursPerMonth,
    Map<String, Price> byName,
    Map<String, String> notes,
    Map<String, Map<String, BigDecimal>> machineTypes) {

  public PriceList {
    byName = Map.copyOf(byName);
    notes = Map.copyOf(notes);
    machineTypes = Map.copyOf(machineTypes);
  }

  /** The table that came with this version. */
  public static PriceList gcp() {
    return read("gcp.yaml");
  }

  /**
   * @throws IllegalArgumentException if the list has none
   */
  Price price(String name) {
    return Optional.ofNullable(byName.get(name))
        .orElseThrow(() -> new IllegalArgumentException("no price of " + name));
  }

  /**
   * Of so many units, a month.
   *
   * @throws IllegalArgumentException if the list has none
   */
  public BigDecimal monthly(String name, BigDecimal units) {
    return price(name).hourly(units).multiply(hoursPerMonth);
  }

  /** Date of the oldest price in it. */
  public LocalDate oldest() {
    return byName.values().stream().map(Price::date).min(Comparator.naturalOrder()).orElseThrow();
  }

  /** Of one machine; absent if its type is not in the list. */
  Optional<Price> machine(String type) {
    return Optional.ofNullable(machineTypes.get(type)).map(this::sum);
  }

  /** Whether the prices are those of the region. */
  public boolean isOf(String other) {
    return region.equals(other);
  }

  /** What to say instead of a figure. */
  public String noneOf(String other) {
    return "no list price is known in " + other + ": the table has those of " + region + " only";
  }

  String note(String when) {
    return notes.get(when);
  }

  private Price sum(Map<String, BigDecimal> units) {
    BigDecimal hourly = BigDecimal.ZERO;
    LocalDate date = LocalDate.MAX;
    String source = "";
    for (Map.Entry<String, BigDecimal> part : units.entrySet()) {
      Price price = price(part.getKey());
      hourly = hourly.add(price.hourly(part.getValue()));
      date = price.date().isBefore(date) ? price.date() : date;
      source = price.source();
    }
    return new Price(hourly, 0, BigDecimal.ZERO, date, source);
  }

  private static PriceList read(String resource) {
    try (InputStream in = PriceList.class.getResourceAsStream(resource)) {
      return parse(new YAMLMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PriceList parse(JsonNode table) {
    BigDecimal hours = number(table, "hoursPerMonth");
    Map<String, Price> prices = new LinkedHashMap<>();
    table
        .path("prices")
        .properties()
        .forEach(entry -> prices.put(entry.getKey(), price(entry.getValue(), hours)));
    Map<String, String> notes = new LinkedHashMap<>();
    table
        .path("notes")
        .properties()
        .forEach(entry -> notes.put(entry.getKey(), entry.getValue().asText()));
    Map<String, Map<String, BigDecimal>> machines = new LinkedHashMap<>();
    table
        .path("machineTypes")
        .properties()
        .forEach(entry -> machines.put(entry.getKey(), units(entry.getValue())));
    return new PriceList(
        table.path("provider").asText(),
        table.path("currency").asText(),
        table.path("region").asText(),
        hours,
        prices,
        notes,
        machines);
  }

  private static Price price(JsonNode entry, BigDecimal hours) {
    BigDecimal hourly =
        entry.has("perHour")
            ? number(entry, "perHour")
            : number(entry, "perMonth").divide(hours, MathContext.DECIMAL64);
    return new Price(
        hourly,
        entry.path("first").asInt(),
        entry.has("more") ? number(entry, "more") : BigDecimal.ZERO,
        LocalDate.parse(entry.path("date").asText()),
        entry.path("source").asText());
  }

  private static Map<String, BigDecimal> units(JsonNode machine) {
    Map<String, BigDecimal> units = new LinkedHashMap<>();
    machine.properties().forEach(unit -> units.put(unit.getKey(), number(machine, unit.getKey())));
    return units;
  }

  /** As it is written, not through a double. */
  private static BigDecimal number(JsonNode node, String name) {
    return new BigDecimal(node.path(name).asText());
  }
}
