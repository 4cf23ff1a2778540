package io.throughline.journey.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.throughline.journey.query.Page;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A list handed over whole, line by line. It is read page by page as the caller takes it, each page as it then stands: no more than one is in memory, and
/// no transaction stays open for a slow reader. Places in these lists do not change, so nothing is repeated or left out.
final class Export<T> implements StreamingOutput {

    static final String CSV = "text/csv";
    static final String LINES = "application/x-ndjson";

    private static final int BUFFER_BYTES = 16 * 1024;

    private final Exchange exchange;
    private final String head;
    private final Page<T> first;
    private final Function<T, Page<T>> next;
    private final Function<T, String> line;

    /// @param head the first line, or nothing
    /// @param pages the page after an item; the first is read at once, so that what is refused is refused with a problem
    /// @param line with its end
    Export(Exchange exchange, String head, Function<@Nullable T, Page<T>> pages, Function<T, String> line) {
        this.exchange = exchange;
        this.head = head;
        this.first = pages.apply(null);
        this.next = pages::apply;
        this.line = line;
    }

    @Override
    public void write(OutputStream output) throws IOException {
        if (exchange.isHeadOnly()) {
            return;
        }
        try {
            var lines = new BufferedOutputStream(output, BUFFER_BYTES);
            lines.write(head.getBytes(UTF_8));
            for (var page = first;; page = next.apply(page.items().getLast())) {
                for (var item : page.items()) {
                    lines.write(line.apply(item).getBytes(UTF_8));
                }
                lines.flush();
                exchange.wentOn();
                if (!page.more()) {
                    return;
                }
            }
        } catch (IOException | RuntimeException failure) {
            exchange.cut();
            throw failure;
        }
    }
}
