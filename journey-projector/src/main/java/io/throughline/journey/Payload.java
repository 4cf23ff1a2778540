package io.throughline.journey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.throughline.events.json.EventJson;
import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The `data` of a touchpoint: kept as text or where it can be fetched from, parsed when a rule first asks, because most rules ask about few
/// events.
///
/// A parsed payload takes about ten times its text. So one that an evaluation has seen keeps its parsed form only for as long as memory is not
/// needed for something else, and parses again.
///
/// Not thread-safe: it belongs to one evaluation.
public final class Payload {

    /// So short a text is parsed in no time worth counting.
    private static final int SHORT = 512;
    /// Characters parsed for one unit of work, see [io.throughline.journey.rule.work.Limits].
    private static final int CHARACTERS_A_UNIT = 64;
    /// Units of work to fetch what is not here: about a tenth of a millisecond.
    private static final int FETCH = 400;
    private static final WeakReference<JsonNode> NOT_PARSED = new WeakReference<>(null);

    private final @Nullable String text;
    private final @Nullable Supplier<String> source;
    private final int size;
    private @Nullable JsonNode parsed;
    private WeakReference<JsonNode> parsedBefore = NOT_PARSED;
    private boolean owned;
    private boolean inUse = true;

    private Payload(@Nullable String text, @Nullable Supplier<String> source, int size) {
        this.text = text;
        this.source = source;
        this.size = size;
    }

    /// @param text JSON, or `null` where the event has no data
    public static Payload ofText(@Nullable String text) {
        var payload = new Payload(text, null, text == null ? 0 : text.length());
        payload.parsed = text == null ? MissingNode.getInstance() : null;
        payload.owned = text == null;
        return payload;
    }

    /// Of parsed data that the caller keeps anyway.
    public static Payload ofJson(JsonNode json) {
        var payload = ofText(json.isMissingNode() ? null : json.toString());
        payload.parsed = json;
        payload.owned = true;
        return payload;
    }

    /// Of a long text that is fetched each time that it is asked for, and not kept.
    ///
    /// @param size about how many characters it has
    public static Payload lazy(int size, Supplier<String> text) {
        return new Payload(null, Objects.requireNonNull(text, "text"), size);
    }

    /// The parsed data; a missing node where there is none.
    public JsonNode json() {
        if (parsed != null) {
            return parsed;
        }
        var before = parsedBefore.get();
        if (before != null) {
            return before;
        }
        var json = parse(Objects.requireNonNull(text()));
        if (inUse) {
            parsed = json;
        } else {
            parsedBefore = new WeakReference<>(json);
        }
        return json;
    }

    private static JsonNode parse(String text) {
        try {
            return EventJson.mapper().readTree(text);
        } catch (JsonProcessingException _) {
            // The projector keeps unreadable data aside; what still gets here is shown, and no rule can read it.
            return MissingNode.getInstance();
        }
    }

    /// As on the log, or `null`. Fetches what is not here.
    public @Nullable String text() {
        return source == null ? text : source.get();
    }

    /// About how many characters the text has; 0 where there is none.
    public int size() {
        return size;
    }

    /// An evaluation comes to the event: what is parsed now, stays parsed until [#release].
    public void use() {
        inUse = true;
    }

    /// The evaluation has seen the event. It may still ask, for a price.
    public void release() {
        inUse = false;
        if (parsed != null && !owned) {
            parsedBefore = new WeakReference<>(parsed);
            parsed = null;
        }
    }

    /// What asking for the parsed data may cost, in units of work: nothing while it is in use, as it was paid for by reading the journey.
    public long toRead() {
        return inUse || size <= SHORT ? 0 : size / CHARACTERS_A_UNIT + (source == null ? 0 : FETCH);
    }

    /// About how many bytes it holds.
    int weight() {
        return 120 + (text == null ? 0 : 2 * text.length());
    }
}
