package io.throughline.journey.http;

import io.throughline.journey.ErrorCode;
import io.throughline.journey.ProjectorConfig;
import io.throughline.journey.Refusal;
import io.throughline.journey.access.Caller;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Whose request is worked on when. Each kind of work has permits of its own, so that none of them keeps the others from being done:
/// short reads, reads that evaluate a journey, exports, streams, rules that are read and written, the status, and identities that become tokens.
///
/// What computes does so in platform threads: virtual ones would keep the processors from all others until they wait for something.
/// A permit is held until the answer is with the connection, so that callers who read slowly hold no more answers than there are permits.
@ApplicationScoped
class Turns {

    private static final Logger LOG = Logger.getLogger(Turns.class);

    private final Caller caller;
    private final RoutingContext context;
    private final Permits reads;
    private final Permits longReads;
    private final Permits rules;
    private final Permits status;
    private final Permits identities;
    private final Permits exports;
    private final Permits streams;
    private final Duration longReadsWithin;
    private final Duration rulesWithin;
    private final Executor reading;
    private final Executor checking;

    Turns(ProjectorConfig config, Caller caller, RoutingContext context) {
        this.caller = caller;
        this.context = context;
        this.reads = new Permits("reads", config.readers(), config.waiting(), config.patience());
        this.longReads = new Permits("reads that evaluate a journey", config.longReaders(), config.waiting(), config.patience());
        this.rules = new Permits("rules", config.ruleReaders(), config.waiting(), config.patience());
        this.status = new Permits("questions about the status", config.statusReaders(), config.waiting(), config.patience());
        this.identities = new Permits("identities", config.readers(), config.waiting(), config.patience());
        this.exports = new Permits("exports", config.exports(), config.waiting(), config.patience());
        // Nobody waits for one: it may go on for days.
        this.streams = new Permits("streams", config.streams(), 0, config.patience());
        this.longReadsWithin = config.longReadsWithin();
        this.rulesWithin = config.rulesWithin();
        this.reading = threads("read-long", config.longReaders());
        this.checking = threads("read-rules", config.ruleReaders());
    }

    private static Executor threads(String name, int number) {
        return Executors.newFixedThreadPool(number, Thread.ofPlatform().daemon().name(name + "-", 0).factory());
    }

    /// What the database answers by a few rows of an index.
    <T> T read(Supplier<T> question) {
        return now(reads, question);
    }

    /// How the projection stands, and which rules are in force.
    <T> T status(Supplier<T> question) {
        return now(status, question);
    }

    /// What another service answers: held for as long as it takes.
    <T> T identity(Supplier<T> question) {
        var permit = identities.take(caller.name());
        try {
            return question.get();
        } finally {
            permit.release();
        }
    }

    /// What is handed over page after page, as long as the caller takes it.
    ///
    /// @return what is over when the caller has all of it, or has gone
    Exchange export() {
        var exchange = Exchange.of(context);
        exchange.over().thenRun(exports.take(caller.name())::release);
        return exchange;
    }

    /// What goes on until the caller has gone, in a thread of its own.
    ///
    /// @param open what it needs, closed when it ends
    /// @param begin says, in the thread of the request, what is then to be done in the other one
    <T extends AutoCloseable> void stream(Supplier<T> open, BiFunction<T, Exchange, Runnable> begin) {
        var permit = streams.take(caller.name());
        var exchange = Exchange.of(context);
        var thread = new Stream(permit, exchange);
        try {
            var opened = open.get();
            thread.close = opened;
            thread.work = begin.apply(opened, exchange);
        } catch (RuntimeException refused) {
            thread.end();
            throw refused;
        }
        Thread.ofPlatform().daemon().name("stream").start(thread);
    }

    private static final class Stream implements Runnable {
        private final Permits.Permit permit;
        private final Exchange exchange;
        private @Nullable AutoCloseable close;
        private @Nullable Runnable work;

        Stream(Permits.Permit permit, Exchange exchange) {
            this.permit = permit;
            this.exchange = exchange;
        }

        @Override
        public void run() {
            try {
                work.run();
            } finally {
                try {
                    exchange.cut();
                } finally {
                    end();
                }
            }
        }

        void end() {
            try {
                if (close != null) {
                    close.close();
                }
            } catch (Exception failure) {
                LOG.debugf("A stream does not close: %s", failure.getMessage());
            } finally {
                permit.release();
            }
        }
    }

    private <T> T now(Permits permits, Supplier<T> question) {
        Exchange.of(context).over().thenRun(permits.take(caller.name())::release);
        return question.get();
    }

    /// What evaluates a journey; `question` is to ask the deadline while it goes on. It does not run in the thread of the request, and knows
    /// nothing of it.
    <T> T longRead(Function<Deadline, T> question) {
        return within(longReads, reading, question, longReadsWithin, Deadline.tooLong());
    }

    /// What reads a rule and tries its examples. As [#longRead].
    <T> T readRules(Supplier<T> reading) {
        return within(rules, checking, _ -> reading.get(), rulesWithin,
                new Refusal(ErrorCode.TOO_LONG,
                "The rules cannot be read and tried within the time of one request. Send fewer rules, examples or events at a time."));
    }

    /// What changes the rules in force. As [#longRead].
    <T> T changeRules(Supplier<T> change) {
        return within(rules, checking, _ -> change.get(), rulesWithin,
                new Refusal(ErrorCode.OUTCOME_UNKNOWN, "The change may or may not come into force: send it again, which is harmless."));
    }

    private <T> T within(Permits permits, Executor threads, Function<Deadline, T> question, Duration most, Refusal tooLong) {
        var permit = permits.take(caller.name());
        var deadline = new Deadline();
        var work = CompletableFuture.supplyAsync(() -> question.apply(deadline), threads);
        var over = Exchange.of(context).over();
        over.thenRun(deadline::pass);
        CompletableFuture.allOf(work, over).whenComplete((_, _) -> permit.release());
        try {
            return work.get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            deadline.pass();
            throw tooLong;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            deadline.pass();
            throw tooLong;
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException failure ? failure : new CompletionException(failed.getCause());
        }
    }
}
