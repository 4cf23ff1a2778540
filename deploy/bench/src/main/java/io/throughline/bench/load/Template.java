package io.throughline.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Bytes that are made once, with places that are filled in anew for each event: a load generator that formats JSON measures itself.
public final class Template {
    /// Where the event's number goes; as many digits.
    public static final String ID = "iiiiiiiiiiii";
    /// Where the customer's number goes; as many digits.
    public static final String CUSTOMER = "ssssssssss";
    /// Where the present goes, to the microsecond.
    public static final String TIME = "ttttttttttttttttttttttttttt";

    private static final DateTimeFormatter TIME_FORMAT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final byte[] bytes;
    private final int id;
    private final int customer;
    private final int time;

    /// @param text ASCII, with each of the three places once
    /// @throws IllegalArgumentException where one is missing
    public Template(String text) {
        this.bytes = text.getBytes(ISO_8859_1);
        this.id = place(text, ID);
        this.customer = place(text, CUSTOMER);
        this.time = place(text, TIME);
    }

    private static int place(String text, String mark) {
        int at = text.indexOf(mark);
        if (at < 0) {
            throw new IllegalArgumentException("the template has no place for " + mark);
        }
        return at;
    }

    public int length() {
        return bytes.length;
    }

    /// Appends one event to `to`.
    public void append(Buffer to, long idNumber, long customerNumber, byte[] moment) {
        int start = to.length();
        to.appendBytes(bytes);
        to.setBytes(start + id, digits(idNumber, ID.length()));
        to.setBytes(start + customer, digits(customerNumber, CUSTOMER.length()));
        to.setBytes(start + time, moment);
    }

    /// A moment as templates take it.
    public static byte[] moment(Instant instant) {
        return TIME_FORMAT.format(instant).getBytes(ISO_8859_1);
    }

    /// A number with leading zeros.
    public static byte[] digits(long number, int count) {
        var digits = new byte[count];
        for (int i = count - 1; i >= 0; i--) {
            digits[i] = (byte) ('0' + number % 10);
            number /= 10;
        }
        return digits;
    }
}
