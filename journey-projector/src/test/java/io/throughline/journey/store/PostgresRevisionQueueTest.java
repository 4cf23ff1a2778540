package io.throughline.journey.store;

import static io.throughline.journey.project.Deliveries.RECORDED;
import static io.throughline.journey.project.Deliveries.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.journey.finding.Finding;
import io.throughline.journey.finding.FindingStatus;
import io.throughline.journey.publish.FindingTopic.Refused;
import io.throughline.journey.publish.Revision;
import io.throughline.journey.rule.EventRef;
import io.throughline.journey.rule.FindingId;
import io.throughline.journey.rule.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresRevisionQueueTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private Database database;
    private PostgresRevisionQueue queue;
    private final List<String> published = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        database = DATABASE.create();
        queue = new PostgresRevisionQueue(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void revisionsLeaveInTheOrderInWhichTheyWereReachedAndOnce() {
        reach("a", 1);
        reach("b", 1);
        reach("a", 2);
        assertThat(queue.publishNext(2, this::publish)).isEqualTo(2);
        assertThat(queue.publishNext(2, this::publish)).isEqualTo(1);
        assertThat(queue.publishNext(2, this::publish)).isZero();
        assertThat(published).containsExactly("a:1", "b:1", "a:2");
    }

    @Test
    void whatWasSentBeforeACrashIsSentAgain() {
        reach("a", 1);
        assertThatThrownBy(() -> queue.publishNext(10, revisions -> {
            publish(revisions);
            throw new IllegalStateException("crash between acknowledgement and delete");
        })).isInstanceOf(IllegalStateException.class);
        queue.publishNext(10, this::publish);
        assertThat(published).containsExactly("a:1", "a:1");
        assertThat(queue.publishNext(10, this::publish)).isZero();
    }

    @Test
    void whileOnePublishesAnotherGetsNothing() {
        reach("a", 1);
        queue.publishNext(10, revisions -> {
            assertThat(queue.publishNext(10, this::publish)).isZero();
            return publish(revisions);
        });
        assertThat(published).containsExactly("a:1");
    }

    @Test
    void whatTheTopicRefusesStopsNothingAndIsTriedAgainWhenAsked() {
        reach("a", 1);
        reach("b", 1);
        queue.publishNext(10, revisions -> List.of(new Refused(revisions.getFirst(), "too large")));
        reach("c", 1);
        queue.publishNext(10, this::publish);
        assertThat(published).containsExactly("c:1");
        queue.retryRefused();
        queue.publishNext(10, this::publish);
        assertThat(published).containsExactly("c:1", "a:1");
    }

    @Test
    void aBatchEndsByItsBytesToo() {
        for (int i = 0; i < 15; i++) {
            reach("x".repeat(200_000), 1);
        }
        assertThat(queue.publishNext(100, this::publish)).as("the first that goes over two mebibytes is the last").isEqualTo(11);
        assertThat(queue.publishNext(100, this::publish)).isEqualTo(4);
    }

    @Test
    void aTransactionThatCommitsLateIsNotPassedOver() {
        database.inTransaction(late -> {
            PostgresRevisionQueue.add(late, List.of(revision("late", 1)));
            reach("early", 1); // a later place in the queue, committed first
            queue.publishNext(10, this::publish);
            return null;
        });
        queue.publishNext(10, this::publish);
        assertThat(published).containsExactly("early:1", "late:1");
    }

    private void reach(String event, int revision) {
        database.inTransaction(session -> {
            PostgresRevisionQueue.add(session, List.of(revision(event, revision)));
            return null;
        });
    }

    private static Finding revision(String event, int revision) {
        return new Finding(FindingId.of("r", new EventRef("/s", event)), person(1), null, "r", 1, "high", null, null, FindingStatus.OPEN,
                Verdict.VIOLATED, revision, false, new UUID(0, revision), RECORDED, RECORDED, RECORDED, "{\"event\":\"" + event + "\"}", null, null);
    }

    private List<Refused> publish(List<Revision> revisions) {
        revisions.forEach(revision -> published.add(revision.value().replaceAll(".*\"event\":\"(.*?)\".*", "$1") + ":" + revision.revision()));
        return List.of();
    }
}
