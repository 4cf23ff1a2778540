package io.throughline.bench.load;

import io.throughline.bench.Story;
import io.throughline.bench.Story.Step;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Requests with the steps of a [Story], spread over many customers.
public final class EventRequests implements Requests {
    private final List<Template> templates;
    private final String head;
    private final int batch;
    private final long customers;
    private final Clock clock;
    private final AtomicLong number;

    private EventRequests(List<Template> templates, String head, int batch, long customers, Clock clock, AtomicLong number) {
        this.templates = templates;
        this.head = head;
        this.batch = batch;
        this.customers = customers;
        this.clock = clock;
        this.number = number;
    }

    /// One event a request, attributes in headers.
    /// @param number the last number that was given to an event: no two events of a run share one
    public static EventRequests single(Target target, List<Step> steps, long customers, Clock clock, AtomicLong number) {
        return new EventRequests(steps.stream().map(step -> single(target, step)).toList(), "", 1, customers, clock, number);
    }

    /// The request that tells one step, for those who choose step, event and customer themselves.
    public static Template single(Target target, Step step) {
        var data = step.data();
        return new Template(target.head("application/json", data.length()) + """
                ce-specversion: 1.0\r
                ce-id: %s%s\r
                ce-source: %s\r
                ce-type: %s\r
                ce-subject: customer:%s\r
                ce-time: %s\r
                \r
                %s""".formatted(Story.ID_PREFIX, Template.ID, Story.SOURCE, step.type(), Template.CUSTOMER, Template.TIME, data));
    }

    /// A JSON array of `batch` events a request.
    public static EventRequests batches(Target target, List<Step> steps, int batch, long customers, Clock clock, AtomicLong number) {
        var templates = steps.stream().map(step -> new Template(structured(step))).toList();
        int length = 1;
        for (int i = 0; i < batch; i++) {
            length += templates.get(i % templates.size()).length() + 1;
        }
        return new EventRequests(templates, target.head("application/cloudevents-batch+json", length) + "\r\n", batch, customers, clock, number);
    }

    private static String structured(Step step) {
        return """
                {"specversion":"1.0","id":"%s%s","source":"%s","type":"%s","subject":"customer:%s","time":"%s",\
                "datacontenttype":"application/json","data":%s}"""
                .formatted(Story.ID_PREFIX, Template.ID, Story.SOURCE, step.type(), Template.CUSTOMER, Template.TIME, step.data());
    }

    @Override
    public Buffer next() {
        long first = number.getAndAdd(batch) + 1;
        var moment = Template.moment(clock.instant());
        var request = Buffer.buffer(head.length() + batch * 700);
        if (batch == 1) {
            templates.get((int) (first % templates.size())).append(request, first, first % customers, moment);
            return request;
        }
        request.appendString(head).appendByte((byte) '[');
        for (int i = 0; i < batch; i++) {
            if (i > 0) {
                request.appendByte((byte) ',');
            }
            templates.get(i % templates.size()).append(request, first + i, (first + i) % customers, moment);
        }
        return request.appendByte((byte) ']');
    }

    @Override
    public int events() {
        return batch;
    }
}
