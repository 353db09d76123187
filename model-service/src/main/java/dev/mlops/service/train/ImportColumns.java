package dev.mlops.service.train;

import dev.mlops.service.data.CsvFile;
import dev.mlops.service.onnx.InputTensor;
import dev.mlops.service.onnx.OnnxModel;
import dev.mlops.service.problem.Code;
import dev.mlops.service.train.ImportRequest.Naming;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A name for each value of a row: the fields of a request. */
final class ImportColumns {
  private final OnnxModel model;
  private final Naming naming;

  ImportColumns(OnnxModel model, Naming naming) {
    this.model = model;
    this.naming = naming;
  }

  /**
   * As the user says; else those of the data, in its order; else made of the inputs' names.
   *
   * @param data the columns that may be features, if there is data
   * @throws dev.mlops.service.problem.ProblemException if they are not as many as the model takes,
   *     or not different
   */
  List<String> names(Optional<List<String>> data) {
    model.inputs().stream()
        .filter(input -> input.columns() == 0)
        .findFirst()
        .ifPresent(input -> {
          throw Code.ONNX_INPUT.problem(
              "How many values the model's input `" + input.name() + "` takes is not known",
              "Its file has a dimension of any size there",
              "Name all of a row's values, in order, under model.onnx.columns, or set model.data"
                  + " to rows that have them");
        });
    List<String> names = naming.columns().isEmpty() ? ofInputs(data) : naming.columns();
    if (names.size() != model.width()) {
      throw Code.ONNX_INPUT.problem(
          "The model takes "
              + model.width()
              + " values, and model.onnx.columns has "
              + names.size(),
          inputs(),
          "Name each of them, in this order");
    }
    Set<String> seen = new HashSet<>();
    names.stream()
        .filter(name -> !seen.add(name))
        .findFirst()
        .ifPresent(name -> {
          throw Code.ONNX_INPUT.problem(
              "Two values of a row are named `" + name + "`", inputs(), "Name them differently");
        });
    return names;
  }

  private List<String> ofInputs(Optional<List<String>> data) {
    List<String> names = new ArrayList<>();
    for (InputTensor input : model.inputs()) {
      names.addAll(input.columns() == 1 ? List.of(input.name()) : ofWide(input, data));
    }
    return names;
  }

  private List<String> ofWide(InputTensor input, Optional<List<String>> data) {
    if (data.isPresent()) {
      List<String> own = model.inputs().stream().map(InputTensor::name).toList();
      List<String> rest = data.get().stream().filter(name -> !own.contains(name)).toList();
      if (rest.size() != input.columns()) {
        throw Code.ONNX_DATA.problem(
            "The model's input `%s` takes %d values, and the data has %d columns for it"
                .formatted(input.name(), input.columns(), rest.size()),
            "The columns are: " + String.join(", ", rest),
            "Name the right ones, in order, under model.onnx.columns, or leave others out by"
                + " model.exclude");
      }
      return rest;
    }
    String stem = model.inputs().size() == 1 ? "x" : input.name() + "_";
    return IntStream.range(0, input.columns()).mapToObj(i -> stem + i).toList();
  }

  private String inputs() {
    return "Its inputs: "
        + String.join(
            ", ",
            model.inputs().stream()
                .map(input -> input.name() + " (" + input.columns() + ")")
                .toList());
  }

  /** The columns of the data that may be features. */
  static List<String> candidates(CsvFile file, ImportRequest.Table table) {
    return file.header().stream()
        .filter(name -> !name.equals(table.target()) && !table.exclude().contains(name))
        .toList();
  }
}
