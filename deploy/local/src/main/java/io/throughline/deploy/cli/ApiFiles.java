package io.throughline.deploy.cli;

import io.throughline.deploy.gateway.ApiDocument;
import io.throughline.deploy.gateway.Route;
import io.throughline.deploy.gateway.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Writes the pages that the gateway shows, with the API's document, for a server of files: part of the build of the containers.
@Command(name = "api-files", hidden = true)
final class ApiFiles implements Callable<Integer> {
    @Option(names = "--ingest", required = true)
    private Path ingest;

    @Option(names = "--projector", required = true)
    private Path projector;

    @Option(names = "--to", required = true)
    private Path folder;

    @Override
    public Integer call() throws Exception {
        var document = ApiDocument.merge(Map.of(
                Route.INGEST, Api.JSON.readTree(Files.readString(ingest)), Route.PROJECTOR, Api.JSON.readTree(Files.readString(projector))));
        Site.load().write(folder, Api.JSON.writeValueAsBytes(document));
        return ExitCode.DONE;
    }
}
