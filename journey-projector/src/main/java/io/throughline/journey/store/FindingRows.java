package io.throughline.journey.store;

import io.throughline.events.Money;
import io.throughline.events.Token;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.finding.FindingStatus;
import io.throughline.journey.rule.FindingId;
import io.throughline.journey.rule.Verdict;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.data.Numeric;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Findings to and from their table.
final class FindingRows {

    static final String COLUMNS = "f.id, f.person, f.rule, f.rule_version, f.severity, f.status, f.verdict, f.revision, f.historic, f.content, "
            + "f.activation_at, f.known_at, f.changed_at, f.body, f.subject, f.slot, f.superseded_by, f.stage, f.cost::text, f.currency";

    /// In which everybody writes them.
    private static final Comparator<Finding> ORDER = Comparator.comparing((Finding finding) -> finding.id().toString())
            .thenComparing(Finding::person, Comparator.nullsFirst(Comparator.naturalOrder()));

    private FindingRows() {}

    static Finding finding(Row row) {
        return new Finding(
                new FindingId(row.getUUID(0)), person(row.getUUID(1)), row.getString(14), row.getString(2), row.getInteger(3), row.getString(4),
                row.getString(17), row.getString(18) == null ? null : Money.of(row.getString(18), row.getString(19)),
                FindingStatus.parse(row.getString(5)), verdict(row.getString(6)), row.getInteger(7), row.getBoolean(8), row.getUUID(9),
                row.getOffsetDateTime(10).toInstant(), row.getOffsetDateTime(11).toInstant(), row.getOffsetDateTime(12).toInstant(), row.getString(13),
                row.getUUID(15), row.getUUID(16) == null ? null : new FindingId(row.getUUID(16)));
    }

    static @Nullable Token person(@Nullable UUID token) {
        return token == null ? null : new Token(token);
    }

    private static Verdict verdict(String wire) {
        return wire == null ? null : Verdict.valueOf(wire.toUpperCase(Locale.ROOT));
    }

    static void upsert(Session session, List<Finding> revisions) {
        if (revisions.isEmpty()) {
            return;
        }
        var sorted = revisions.stream().sorted(ORDER).toList();
        session.run("""
                INSERT INTO finding (id, person, rule, rule_version, severity, status, verdict, revision, historic, content,
                                     activation_at, known_at, changed_at, body, subject, slot, superseded_by, stage, cost, currency)
                SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::text[], $6::text[], $7::text[], $8::int[], $9::boolean[], $10::uuid[],
                                     $11::timestamptz[], $12::timestamptz[], $13::timestamptz[], $14::text[], $15::text[], $16::uuid[], $17::uuid[],
                                     $18::text[], $19::numeric[], $20::text[])
                ON CONFLICT (id, person) DO UPDATE
                   SET rule_version = excluded.rule_version, severity = excluded.severity, status = excluded.status, verdict = excluded.verdict,
                       revision = excluded.revision, content = excluded.content, changed_at = excluded.changed_at, body = excluded.body, slot = excluded.slot,
                       superseded_by = excluded.superseded_by, stage = excluded.stage, cost = excluded.cost, currency = excluded.currency""",
                Columns.of(sorted, finding -> finding.id().value(), new UUID[0]),
                Columns.of(sorted, finding -> finding.person() == null ? null : finding.person().value(), new UUID[0]),
                Columns.of(sorted, Finding::rule, new String[0]),
                Columns.of(sorted, Finding::ruleVersion, new Integer[0]),
                Columns.of(sorted, Finding::severity, new String[0]),
                Columns.of(sorted, finding -> finding.status().wire(), new String[0]),
                Columns.of(sorted, finding -> finding.verdict() == null ? null : finding.verdict().wire(), new String[0]),
                Columns.of(sorted, Finding::revision, new Integer[0]),
                Columns.of(sorted, Finding::historic, new Boolean[0]),
                Columns.of(sorted, Finding::content, new UUID[0]),
                Columns.of(sorted, finding -> Session.time(finding.activationAt()), new OffsetDateTime[0]),
                Columns.of(sorted, finding -> Session.time(finding.knownAt()), new OffsetDateTime[0]),
                Columns.of(sorted, finding -> Session.time(finding.changedAt()), new OffsetDateTime[0]),
                Columns.of(sorted, Finding::body, new String[0]),
                Columns.of(sorted, Finding::subject, new String[0]),
                Columns.of(sorted, Finding::slot, new UUID[0]),
                Columns.of(sorted, finding -> finding.supersededBy() == null ? null : finding.supersededBy().value(), new UUID[0]),
                Columns.of(sorted, Finding::stage, new String[0]),
                Columns.of(sorted, finding -> finding.cost() == null ? null : Numeric.parse(finding.cost().amount()), new Numeric[0]),
                Columns.of(sorted, finding -> finding.cost() == null ? null : finding.cost().currency().getCurrencyCode(), new String[0]));
    }
}
