package io.throughline.deploy.cli;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "dismiss", mixinStandardHelpOptions = true, footer = ExitCode.HELP,
        description = "Dismiss a finding, with a reason: it is open again once something else is wrong than was then.")
final class FindingsDismiss implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ApiOption service;

    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "ID", description = "The finding: its id, as in findings --json.")
    private String id;

    @Option(names = "--person", paramLabel = "TOKEN", description = "About this person; needed where several have a finding of this id.")
    private String person;

    @Option(names = "--reason", required = true, description = "Why; everybody who may read findings can read it.")
    private String reason;

    FindingsDismiss(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (person != null && !person.matches("[0-9a-fA-F]{32}")) {
            throw new ParameterException(command.commandLine(), "A person is named by a token of 32 hexadecimal digits, as ./throughline findings shows it.");
        }
        if (!id.matches("[0-9a-fA-F]{32}")) {
            throw new ParameterException(command.commandLine(), "A finding is named by 32 hexadecimal digits; ./throughline findings --json shows them.");
        }
        var body = Api.JSON.createObjectNode().put("reason", reason).toString();
        var answer = service.api("analyst").post("/v1/findings/" + id + "/dismiss" + (person == null ? "" : "?person=" + person), "application/json", null, HttpRequest.BodyPublishers.ofString(body));
        terminal.say("Dismissed by " + Printable.of(answer.path("by").asText()) + ": " + Printable.of(answer.path("reason").asText()));
        return ExitCode.DONE;
    }
}
