package io.throughline.ingest.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.throughline.events.Problem;
import io.throughline.ingest.ErrorCode;
import io.throughline.ingest.imports.Ending;
import io.throughline.ingest.imports.Summary;
import org.jspecify.annotations.Nullable;

/// An import that did not reach its end: the problem, how far it came, and the counts.
record ImportAnswer(
        @JsonUnwrapped Problem problem, @Nullable Long unreadFromLine, @Nullable Long acknowledgedThroughLine, @JsonUnwrapped Summary summary) {

    static ImportAnswer of(Ending.OtherFormat ending, String path) {
        var problem = ErrorCode.UNSUPPORTED_MEDIA_TYPE.problem(
                "An import is application/x-ndjson, one CloudEvent a line. This is " + ending.description() + ". Nothing of it was taken.");
        return new ImportAnswer(problem.at(path), null, null, ending.summary());
    }

    static ImportAnswer of(Ending.CutShort ending, boolean tooSlow, String path) {
        var code = tooSlow ? ErrorCode.BODY_TIMEOUT : ErrorCode.MALFORMED_ENCODING;
        var damage = ending.summary().bytes() == 0 ? "The body is not gzip, was cut or is damaged" : "The body was cut or is damaged";
        var problem = code.problem((tooSlow ? "The body came too slowly" : damage)
                + ": from line " + ending.unreadFromLine() + " on nothing was read."
                + " What was accepted stays; sending the whole file again is harmless.");
        return new ImportAnswer(problem.at(path), ending.unreadFromLine(), null, ending.summary());
    }

    static ImportAnswer of(Ending.LogLost ending, String path) {
        var problem = ErrorCode.LOG_UNAVAILABLE.problem("The log stopped acknowledging. Up to line " + ending.acknowledgedThroughLine()
                + " all lines are acknowledged or refused: send the rest, or the whole file, again; that is harmless.");
        return new ImportAnswer(problem.at(path), null, ending.acknowledgedThroughLine(), ending.summary());
    }
}
