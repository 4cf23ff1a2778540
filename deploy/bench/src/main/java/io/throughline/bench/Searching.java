package io.throughline.bench;

import io.throughline.bench.bare.BareProducer;
import io.throughline.deploy.stack.Loopback;
import java.net.http.HttpClient;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// What analysts ask, on a million journeys of five events: a page over HTTP, beside the bare SQL that gives the same rows.
///
/// Pages are gone through as a reader does, and from the first one again after the last: the first page also says how many there are, and so does its SQL.
final class Searching implements Measurement {
    private static final String TOPIC = "searched";
    private static final String DATABASE = "searched";
    private static final String UNIT = "ms";
    private static final int EVENTS_EACH = 5;
    private static final int LIMIT = 100;
    private static final int PAGES = 10;
    private static final int WARM_UP = 20;
    /// What takes seconds is asked less often.
    private static final Duration LIMIT_EACH = Duration.ofSeconds(15);
    /// As far as the service counts.
    private static final int MOST_COUNTED = 10_001;

    @Override
    public String name() {
        return "search";
    }

    /// @param path with what is asked for
    /// @param page SQL of one page, the first column of which says where the next one begins, by `{after}`
    /// @param after a condition on that column, `?` for its value
    /// @param count SQL of the number that the first page names; empty where none is
    private record Question(String name, String path, String page, String after, String count) {

        static Question journeys(String name, String query, String condition) {
            var some = "FROM g1.person p WHERE p.last_at IS NOT NULL AND " + condition;
            return new Question("journeys " + name, list("/v1/journeys", query),
                    "SELECT p.id, p.first_at, p.last_at, p.events, p.findings, p.severity " + some + " {after} ORDER BY p.id LIMIT " + (LIMIT + 1),
                    "AND p.id > '?'", "SELECT count(*) FROM (SELECT " + some + " LIMIT " + MOST_COUNTED + ") p");
        }

        static Question findings(String name, String query, String condition) {
            var some = "FROM throughline.finding f WHERE " + condition;
            return new Question("findings " + name, list("/v1/findings", query), "SELECT f.serial, f.* " + some + " {after} ORDER BY f.serial DESC LIMIT " + (LIMIT + 1),
                    "AND f.serial < ?", "SELECT count(*) " + some);
        }

        static Question summary(String by, String columns) {
            return new Question("summary by " + by, "/v1/findings/summary?by=" + by,
                    "SELECT %1$s, count(*), sum(cost) FILTER (WHERE status IN ('open', 'resolved')) FROM throughline.finding GROUP BY %1$s, currency {after}"
                            .formatted(columns), "", "");
        }

        private static String list(String path, String query) {
            return path + "?limit=" + LIMIT + (query.isEmpty() ? "" : "&" + query);
        }

        String page(Optional<String> last) {
            return page.replace("{after}", last.map(value -> after.replace("?", value)).orElse(""));
        }
    }

    @Override
    public List<Measured> take(Rig rig, Plan plan, Progress progress) throws Exception {
        int events = plan.searched() * EVENTS_EACH;
        progress.begin("laying %,d events of %,d journeys on the log".formatted(events, plan.searched()));
        rig.createTopic(TOPIC);
        rig.createTopic(TOPIC + "-definitions");
        var records = new StoryRecords(TOPIC, plan.searched(), EVENTS_EACH);
        BareProducer.append(rig.brokers(), records::interleaved, events);
        progress.begin("projecting them");
        var database = rig.database().create(DATABASE);
        var projector = rig.start(rig.projector(TOPIC, database, Profile.recording(plan, "projector-searched")));
        try {
            var watch = new Watch(projector, new Activity(false), events);
            var rates = watch.follow(database, true);
            watch.awaitPublished(database);
            // As it stands after a while: what autovacuum will do is done.
            database.execute("VACUUM ANALYZE", "CHECKPOINT");
            var notes = new LinkedHashMap<String, Object>();
            notes.put("projected", rates.stored());
            notes.put("evaluated", rates.evaluated());
            try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(); var connection = database.connect()) {
                var asking = new Asking(client, "http://" + Loopback.HOST + ":" + projector.server().port(), rig.viewerToken(), connection);
                notes.put("findings", asking.rows("SELECT rule || ' ' || status || ' ' || count(*) FROM throughline.finding GROUP BY rule, status ORDER BY count(*) DESC"));
                var measured = new ArrayList<Measured>();
                for (var question : questions(asking)) {
                    progress.begin(question.name());
                    var all = asking.rounds(question, plan);
                    progress.done(all.line());
                    measured.addAll(all.measured(measured.isEmpty() ? notes : new LinkedHashMap<>()));
                }
                return measured;
            }
        } finally {
            rig.stop(projector);
            rig.database().drop(DATABASE);
        }
    }

    private static List<Question> questions(Asking asking) throws SQLException {
        var finding = asking.text("SELECT id::text FROM throughline.finding ORDER BY id LIMIT 1");
        var often = asking.text("SELECT rule FROM throughline.finding GROUP BY rule ORDER BY count(*) DESC LIMIT 1");
        var seldom = asking.text("SELECT rule FROM throughline.finding GROUP BY rule ORDER BY count(*) LIMIT 1");
        var stage = asking.text("SELECT stage FROM throughline.finding WHERE stage IS NOT NULL GROUP BY stage ORDER BY count(*) DESC LIMIT 1");
        var hour = "from=2026-01-08T10:00:00Z&to=2026-01-08T11:00:00Z";
        return List.of(
                Question.journeys("all", "", "true"),
                Question.journeys("by finding", "finding=" + finding.replace("-", ""), ofFinding("f.id = '" + finding + "'")),
                Question.journeys("by the most frequent rule", "rule=" + often, ofFinding("f.rule = '" + often + "'")),
                Question.journeys("by the rarest rule", "rule=" + seldom, ofFinding("f.rule = '" + seldom + "'")),
                Question.journeys("by a rule without findings", "rule=abandoned-call", ofFinding("f.rule = 'abandoned-call'")),
                Question.journeys("by status", "status=open", ofFinding("f.status = 'open'")),
                Question.journeys("by severity", "severity=high", ofFinding("f.severity = 'high'")),
                Question.journeys("by stage", "stage=" + stage, ofFinding("f.stage = '" + stage + "'")),
                Question.journeys("by channel", "channel=card-dispatch", ofPart("k.channel = 'card-dispatch'")),
                Question.journeys("by type", "type=warranty-claimed.v1", ofPart("k.type = 'warranty-claimed.v1'")),
                Question.journeys("by source", "source=/systems/card-dispatch", ofPart("k.source = '/systems/card-dispatch'")),
                Question.journeys("in a day", "from=2026-01-09T00:00:00Z&to=2026-01-10T00:00:00Z",
                        "p.last_at >= '2026-01-09Z' AND p.first_at < '2026-01-10Z'"
                                + " AND EXISTS (SELECT FROM g1.touchpoint t WHERE t.token = p.id AND t.occurred_at >= '2026-01-09Z' AND t.occurred_at < '2026-01-10Z')"),
                Question.journeys("by rule, type and hour", "rule=" + often + "&type=call-started.v1&" + hour,
                        ofFinding("f.rule = '" + often + "'") + " AND EXISTS (SELECT FROM g1.touchpoint t WHERE t.token = p.id"
                                + " AND t.type = 'call-started.v1' AND t.occurred_at >= '2026-01-08T10:00Z' AND t.occurred_at < '2026-01-08T11:00Z')"),
                Question.journeys("by rule and type that never meet", "rule=" + often + "&type=message-sent.v1",
                        ofFinding("f.rule = '" + often + "'") + " AND " + ofPart("k.type = 'message-sent.v1'")),
                Question.findings("all", "", "true"),
                Question.findings("by rule", "rule=" + often, "f.rule = '" + often + "'"),
                Question.findings("by severity and status", "severity=high&status=open", "f.severity = 'high' AND f.status = 'open'"),
                Question.findings("in a day", "from=2026-01-09T00:00:00Z&to=2026-01-10T00:00:00Z&sort=known",
                        "f.activation_at >= '2026-01-09Z' AND f.activation_at < '2026-01-10Z'"),
                Question.summary("rule", "rule"),
                Question.summary("rule,status,severity,stage,week", "rule, status, severity, stage, date_trunc('week', activation_at AT TIME ZONE 'UTC')"));
    }

    private static String ofFinding(String condition) {
        return "p.id IN (SELECT f.person FROM throughline.finding f WHERE " + condition + ")";
    }

    private static String ofPart(String condition) {
        return "p.id IN (SELECT j.person FROM g1.journey_part j JOIN g1.touchpoint_kind k ON k.id = j.kind WHERE " + condition + ")";
    }

    /// Milliseconds of each page, and of the SQL beside it.
    private record Times(Question question, List<Double> first, List<Double> bareFirst, List<Double> next, List<Double> bareNext) {

        List<Measured> measured(LinkedHashMap<String, Object> notes) {
            notes.put("firstPages", first.size());
            notes.put("nextPages", next.size());
            var rows = new ArrayList<Measured>();
            add(rows, question.name() + (next.isEmpty() ? "" : ", first page"), first, bareFirst, notes);
            if (!next.isEmpty()) {
                add(rows, question.name() + ", next page", next, bareNext, new LinkedHashMap<>());
            }
            return rows;
        }

        private static void add(List<Measured> rows, String name, List<Double> ours, List<Double> bare, LinkedHashMap<String, Object> notes) {
            rows.add(new Measured(name + " p50", UNIT, List.of(part(ours, 0.5)), List.of(part(bare, 0.5)), Optional.empty(), notes));
            rows.add(new Measured(name + " p95", UNIT, List.of(part(ours, 0.95)), List.of(part(bare, 0.95)), Optional.empty(), new LinkedHashMap<>()));
        }

        String line() {
            return "%s: first page %s, next page %s".formatted(question.name(), beside(first, bareFirst), next.isEmpty() ? "none" : beside(next, bareNext));
        }

        private static String beside(List<Double> ours, List<Double> bare) {
            return "p50 %.1f p95 %.1f ms (SQL %.1f, %.1f)".formatted(part(ours, 0.5), part(ours, 0.95), part(bare, 0.5), part(bare, 0.95));
        }

        private static double part(List<Double> values, double part) {
            return Measured.percentile(values.stream().mapToDouble(Double::doubleValue).sorted().toArray(), part);
        }
    }

    /// One reader of each, one question at a time, taking turns.
    private record Asking(HttpClient client, String base, String token, Connection connection) {

        Times rounds(Question question, Plan plan) throws Exception {
            var times = new Times(question, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            pages(question, WARM_UP, new Times(question, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
            pages(question, plan.questions() * plan.rounds(), times);
            return times;
        }

        private void pages(Question question, int count, Times times) throws Exception {
            var cursor = Optional.<String>empty();
            var last = Optional.<String>empty();
            long end = System.nanoTime() + LIMIT_EACH.toNanos();
            for (int asked = 0; asked < count && (asked == 0 || System.nanoTime() < end); asked++) {
                boolean first = cursor.isEmpty();
                long begun = System.nanoTime();
                var page = Answers.json(client, base + question.path() + cursor.map(next -> "&cursor=" + next).orElse(""), token);
                (first ? times.first : times.next).add(since(begun));
                begun = System.nanoTime();
                var rows = rows(question.page(last));
                if (first && !question.count().isEmpty()) {
                    number(question.count());
                }
                (first ? times.bareFirst : times.bareNext).add(since(begun));
                if (question.count().isEmpty()) {
                    continue;
                }
                int items = page.path("items").size();
                if (items != Math.min(LIMIT, rows.size())) {
                    throw new BenchException("%s: %d items, by SQL %d.".formatted(question.name(), items, rows.size()));
                }
                boolean more = page.hasNonNull("next") && asked % PAGES != PAGES - 1;
                cursor = more ? Optional.of(page.path("next").asText()) : Optional.empty();
                last = more ? Optional.of(rows.get(LIMIT - 1)) : Optional.empty();
            }
        }

        private static double since(long begun) {
            return (System.nanoTime() - begun) / 1e6;
        }

        /// The first column of each row; the others are read, too.
        private List<String> rows(String sql) throws SQLException {
            var firsts = new ArrayList<String>();
            try (var statement = connection.createStatement(); var result = statement.executeQuery(sql)) {
                while (result.next()) {
                    firsts.add(read(result));
                }
            }
            return firsts;
        }

        private static String read(ResultSet row) throws SQLException {
            for (int column = row.getMetaData().getColumnCount(); column > 1; column--) {
                row.getObject(column);
            }
            return row.getString(1);
        }

        long number(String sql) throws SQLException {
            return Long.parseLong(text(sql));
        }

        String text(String sql) throws SQLException {
            return rows(sql).getFirst();
        }
    }
}
