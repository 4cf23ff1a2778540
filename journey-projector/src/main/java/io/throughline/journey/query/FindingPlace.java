package io.throughline.journey.query;

import io.throughline.events.Text;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.rule.FindingId;
import java.time.Instant;
import java.util.Comparator;

/// The place of a finding among those of its person: by the time of its activation, its rule by UTF-8 bytes, its id.
public record FindingPlace(Instant activationAt, String rule, FindingId id) implements Comparable<FindingPlace> {

    private static final Comparator<FindingPlace> ORDER = Comparator.comparing(FindingPlace::activationAt)
            .thenComparing(FindingPlace::rule, Text::compareBytes)
            .thenComparing(place -> place.id().toString());

    public static FindingPlace of(Finding finding) {
        return new FindingPlace(finding.activationAt(), finding.rule(), finding.id());
    }

    @Override
    public int compareTo(FindingPlace other) {
        return ORDER.compare(this, other);
    }
}
