package io.throughline.deploy.cli;

import io.throughline.deploy.stack.LocalKafka;
import io.throughline.deploy.stack.LocalPostgres;
import io.throughline.deploy.stack.Loopback;
import io.throughline.deploy.stack.ServerProcess;
import io.throughline.events.log.LogCredentials;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// For developers of a service: broker and database alone, in the foreground, until either ends or a signal comes.
@Command(name = "servers", hidden = true)
final class Servers implements Callable<Integer> {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final Terminal terminal;

    @Mixin
    private StackOption stack;

    Servers(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        var folder = stack.folder();
        folder.open();
        var access = folder.access();
        access.ensure("", new SecureRandom());
        var kafka = new LocalKafka(folder.home().resolve("deploy/broker"), folder.root().resolve("kafka"), folder.log("kafka"),
                Loopback.freePort(), Loopback.freePort(), LogCredentials.read(access.logCredentials()));
        var postgres = new LocalPostgres(folder.root().resolve("postgres"), folder.log("postgres"), Loopback.freePort(), access.password());
        var broker = ServerProcess.start(kafka);
        var database = ServerProcess.start(postgres);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            broker.close();
            database.close();
        }));
        broker.awaitReady(START_LIMIT);
        database.awaitReady(START_LIMIT);
        terminal.say("KAFKA_BOOTSTRAP_SERVERS=" + kafka.bootstrapServers());
        terminal.say("KAFKA_CREDENTIALS_FILE=" + access.logCredentials());
        terminal.say("DATABASE_URL=" + postgres.databaseUrl());
        CompletableFuture.anyOf(broker.ended(), database.ended()).join();
        return ExitCode.FAILED;
    }
}
