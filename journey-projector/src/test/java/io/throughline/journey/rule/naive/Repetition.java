package io.throughline.journey.rule.naive;

import static io.throughline.journey.rule.naive.Judgement.Word.VIOLATED;

import java.util.List;
import java.util.stream.IntStream;

/// `repetition`: runs of events each of which is the n-th, or a later one, within the window that ends with it.
record Repetition(Reading reading) {

    List<Judgement> judge() {
        var matching = reading.selected("when").stream().filter(event -> reading.isWhole(reading.rule().path("by"), event)).toList();
        return matching.stream().filter(event -> beginsRun(event, matching)).map(event -> Judgement.of(event, VIOLATED)).toList();
    }

    private boolean beginsRun(PlainEvent event, List<PlainEvent> matching) {
        var group = matching.stream().filter(other -> reading.key(other).equals(reading.key(event))).toList();
        int place = group.indexOf(event);
        return isHot(place, group) && (place == 0 || !isHot(place - 1, group));
    }

    private boolean isHot(int place, List<PlainEvent> group) {
        return IntStream.rangeClosed(0, place).filter(i -> reading.inTime(group.get(i), group.get(place))).count() >= reading.rule().get("count").intValue();
    }
}
