package io.throughline.journey.rule;

import io.throughline.journey.rule.Evidence.Role;
import io.throughline.journey.rule.NearestMiss.Failed;
import io.throughline.journey.rule.time.SpokenMoment;
import io.throughline.journey.rule.time.SpokenSpan;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// [Why] in sentences for people: what was owed, what came of it, and what came closest. What only CEL can say stands in lines of its own.
public final class WhyText {

    private static final int MOST_EVIDENCE = 5;

    /// As [Duration] and [Instant] write themselves.
    private static final Pattern DURATION = Pattern.compile("\\bPT(?=\\d)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?\\b");
    private static final Pattern INSTANT = Pattern.compile("\\b\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z\\b");

    private final Why why;
    private final ZoneId zone;

    private WhyText(Why why, ZoneId zone) {
        this.why = why;
        this.zone = zone;
    }

    /// One paragraph an element, each of one line.
    ///
    /// @param zone of the times in it
    public static List<String> of(Why why, ZoneId zone) {
        return new WhyText(why, zone).paragraphs();
    }

    private List<String> paragraphs() {
        var rule = why.rule();
        var paragraphs = new ArrayList<String>();
        paragraphs.add(rule.id() + " (version " + rule.version() + "): " + rule.title() + ".");
        paragraphs.add("As of " + moment(why.asOf()) + " (" + zone + ") the journey has " + count(why.events(), "event") + ". " + applied());
        if (why.total() == 0) {
            why.parts().stream().filter(Why.Part::activates).flatMap(part -> part.failed().keySet().stream()).forEach(failed -> expression(failed, paragraphs));
        }
        long place = why.first();
        for (var shown : why.activations()) {
            paragraphs.add(++place + ". " + sentences(shown));
            if (shown.nearestMiss() != null) {
                shown.nearestMiss().failed().forEach(failed -> expression(failed, paragraphs));
            }
        }
        if (why.next() != null) {
            paragraphs.add("Not shown: " + (why.total() - why.next()) + " more.");
        }
        if (why.total() > 0) {
            why.notes().forEach(note -> paragraphs.add(sentence(note)));
        }
        return paragraphs;
    }

    private String applied() {
        if (why.total() == 0) {
            return "The rule did not apply: " + String.join("; ", why.notes()) + ".";
        }
        var verdicts = why.verdicts().entrySet().stream().map(each -> each.getValue() + " " + each.getKey().wire()).collect(Collectors.joining(", "));
        return "The rule applied " + (why.total() == 1 ? "once" : why.total() + " times") + ": " + verdicts + ".";
    }

    private String sentences(Why.Shown shown) {
        var activation = shown.activation();
        var said = new ArrayList<String>();
        said.add(shown.type() + " of " + moment(activation.activationAt()) + " (" + activation.events().getFirst() + "): " + activation.verdict().wire() + ".");
        boolean violated = activation.verdict() == Verdict.VIOLATED;
        if (violated) {
            said.add(sentence(activation.rule().explain(activation.parameters(), List.of(), activation.activationAt(), zone)));
        }
        if (activation.rule().pattern() instanceof Propagation) {
            Lateness.sentence(activation.notes(), activation.activationAt(), zone).or(() -> Optional.of(Lateness.PROCESS_FAILED).filter(_ -> violated))
                    .ifPresent(said::add);
        }
        if (activation.deadline() != null && !activation.deadline().at().equals(activation.activationAt())) {
            said.add("Due by " + moment(activation.deadline().at()) + " (" + basis(activation.deadline()) + ").");
        }
        if (activation.metAt() != null) {
            said.add("It was met on " + moment(activation.metAt())
                    + (activation.lateBy() == null ? ", too late." : ", too late by " + SpokenSpan.of(activation.lateBy()) + "."));
        }
        evidence(activation, said);
        nearest(shown, said);
        shown.awaited().forEach(source -> said.add("It waits for " + source.source() + ", which must be heard through " + moment(source.through())
                + (source.heardThrough() == null ? " and was never heard." : " and is heard through " + moment(source.heardThrough()) + ".")));
        activation.notes().stream().filter(note -> !Lateness.isNote(note)).map(WhyText::note).forEach(said::add);
        return String.join(" ", said);
    }

    private String basis(Deadline deadline) {
        return deadline.from() == null ? "which the event names" : SpokenSpan.of(deadline.basis()) + " from " + moment(deadline.from());
    }

    private String failure(Failed failed) {
        return switch (failed.condition()) {
            case TIME -> INSTANT.matcher(DURATION.matcher(failed.detail()).replaceAll(found -> SpokenSpan.of(Duration.parse(found.group()))))
                    .replaceAll(found -> moment(Instant.parse(found.group())));
            default -> failed.detail();
        };
    }

    private static String note(String note) {
        if (note.startsWith("same instant")) {
            return "Only the order of the journey decided: " + note + ".";
        }
        if (note.startsWith(Verdicts.AWAITED)) {
            return note.substring(Verdicts.AWAITED.length()) + " may still speak.";
        }
        if (note.startsWith(Verdicts.SILENT)) {
            return note.substring(Verdicts.SILENT.length()) + " has been silent for longer than it promised.";
        }
        return sentence(Words.ofReason(note, false));
    }

    private void evidence(Activation activation, List<String> said) {
        var others = activation.evidence().stream()
                .filter(piece -> !piece.event().equals(activation.events().getFirst()) || piece.role() == Role.COUNTED).toList();
        if (!others.isEmpty()) {
            var named = others.stream().limit(MOST_EVIDENCE).map(piece -> piece.role().words() + " (" + piece.event() + " of " + moment(piece.occurredAt()) + ")")
                    .collect(Collectors.joining("; "));
            long more = others.size() - MOST_EVIDENCE + activation.proof().count() - activation.evidence().size();
            said.add("It rests on " + named + (more > 0 ? "; and " + more + " more." : "."));
        }
    }

    private void nearest(Why.Shown shown, List<String> said) {
        var nearest = shown.nearestMiss();
        if (nearest != null) {
            said.add("Nearest of " + count(shown.compared(), "event") + " that could matter: " + nearest.type() + " of "
                    + moment(nearest.occurredAt()) + " (" + nearest.event() + "), but: "
                    + nearest.failed().stream().map(this::failure).collect(Collectors.joining("; ")) + ".");
        } else if (shown.compared() == 0 && shown.activation().verdict() != Verdict.SATISFIED) {
            said.add("No other event came that could matter.");
        }
    }

    private static void expression(Failed failed, List<String> paragraphs) {
        if (failed.expression() != null) {
            paragraphs.add("The condition, in CEL: " + failed.expression());
        }
    }

    static String sentence(String text) {
        var whole = text.isEmpty() || Character.isUpperCase(text.codePointAt(0)) ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
        return whole.endsWith(".") || whole.isEmpty() ? whole : whole + ".";
    }

    private static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    private String moment(Instant instant) {
        return SpokenMoment.of(instant, zone);
    }
}
