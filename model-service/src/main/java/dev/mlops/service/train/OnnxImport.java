package dev.mlops.service.train;

import com.google.protobuf.ByteString;
import dev.mlops.service.artifact.Artifact;
import dev.mlops.service.data.CsvFile;
import dev.mlops.service.onnx.OnnxModel;
import dev.mlops.service.problem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** From a model that was trained elsewhere to an artifact: looked at, tried, and put to rows. */
public final class OnnxImport {
  private final ImportRequest request;
  private final Training.Story story;

  public OnnxImport(ImportRequest request, Training.Story story) {
    this.request = request;
    this.story = story;
  }

  /**
   * @throws dev.mlops.service.problem.ProblemException if the model can't be served, or the data
   *     does not fit it
   */
  public Artifact run() {
    byte[] bytes = read();
    story.progress("Looking at " + request.model().getFileName());
    try (OnnxModel model = OnnxModel.open(bytes, width())) {
      Imported imported = imported(model);
      imported.refuseUnlikely();
      return new Artifact(
          imported.schema(),
          new CardMaker(request.identity(), request.inputs())
              .make(
                  imported.schema().task(),
                  request.naming().scores().algorithm(),
                  imported.rows(),
                  imported.outcome()),
          imported.profile(),
          imported.golden(),
          ByteString.copyFrom(bytes));
    }
  }

  /** How many values a row has, where the user or the data tell. */
  private int width() {
    if (!request.naming().columns().isEmpty()) {
      return request.naming().columns().size();
    }
    return request
        .table()
        .map(table -> ImportColumns.candidates(CsvFile.open(table.data()), table).size())
        .orElse(0);
  }

  private Imported imported(OnnxModel model) {
    ImportColumns columns = new ImportColumns(model, request.naming());
    if (request.table().isEmpty()) {
      return new ImportAlone(model, request.naming(), story)
          .make(BlankFeatures.slots(model, columns.names(Optional.empty()), request.naming()));
    }
    ImportRequest.Table table = request.table().get();
    CsvFile file = CsvFile.open(table.data());
    List<String> names = columns.names(Optional.of(ImportColumns.candidates(file, table)));
    return new ImportWithData(model, request, story)
        .make(file, BlankFeatures.slots(model, names, request.naming()));
  }

  private byte[] read() {
    try {
      return Files.readAllBytes(request.model());
    } catch (IOException e) {
      throw Code.ONNX_UNREADABLE.problem("Can't read " + request.model(), e.toString(), "");
    }
  }
}
