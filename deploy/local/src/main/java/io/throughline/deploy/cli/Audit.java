package io.throughline.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "audit", mixinStandardHelpOptions = true, footer = ExitCode.HELP, subcommands = Audit.Positions.class,
        description = "Check that what must hold does hold.")
final class Audit {

    @Command(name = "positions", mixinStandardHelpOptions = true, footer = ExitCode.HELP,
            description = "Check of each partition that every record of the log is accounted for: projected, duplicate, conflict, control or unreadable, or skipped because it was no committed record.")
    static final class Positions implements Callable<Integer> {
        private static final List<String> FATES = List.of("projected", "duplicates", "conflicts", "control", "unreadable", "skipped");

        private final Terminal terminal;

        @Mixin
        private ApiOption service;

        @Option(names = "--json", description = "Print the result as JSON.")
        private boolean json;

        Positions(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws IOException {
            var status = service.api("viewer").get("/v1/status", Map.of());
            boolean sound = true;
            long waiting = 0;
            var table = new Table(terminal, "PARTITION", "READ", "ACCOUNTED FOR", "STILL TO READ", "");
            var result = Api.JSON.createArrayNode();
            for (var checkpoint : status.path("checkpoints")) {
                long read = checkpoint.path("next").asLong();
                long accounted = accounted(checkpoint);
                sound &= read == accounted;
                waiting += checkpoint.path("lag").asLong();
                var partition = checkpoint.path("topic").asText() + "-" + checkpoint.path("partition").asText();
                table.row(partition, read, accounted, checkpoint.path("lag").asLong(), read == accounted ? "" : "DIFFERS");
                result.addObject().put("partition", partition).put("read", read).put("accountedFor", accounted).put("lag", checkpoint.path("lag").asLong());
            }
            if (json) {
                terminal.say(Api.JSON.createObjectNode().put("sound", sound).set("partitions", result).toString());
            } else {
                table.print();
                terminal.say("");
                terminal.say(!sound ? "Records were lost or counted twice. Please report this with the projector's log."
                        : waiting > 0 ? "Every record read so far is accounted for; %,d are still to be read.".formatted(waiting)
                        : "Every record of the log is accounted for.");
            }
            return sound ? ExitCode.DONE : ExitCode.NOT_SO;
        }

        private static long accounted(JsonNode checkpoint) {
            return FATES.stream().mapToLong(fate -> checkpoint.path(fate).asLong()).sum();
        }
    }
}
