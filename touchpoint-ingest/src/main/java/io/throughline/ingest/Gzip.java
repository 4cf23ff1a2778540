package io.throughline.ingest;

import io.throughline.events.GzipStream;
import io.throughline.events.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/// Whole bodies in gzip (RFC 1952) from outside: within limits, and never believed about their size.
public final class Gzip {

    private static final int STEP = 16 * 1024;

    private Gzip() {}

    /// Inflates a whole body. Costs at most `limit` bytes, whatever the body promises.
    ///
    /// @param share grown by what comes out
    /// @throws Refusal with `tooLarge` beyond `limit`, `malformed-encoding`, or what the share says
    public static byte[] inflate(byte[] body, int limit, Problem tooLarge, Budget.Share share) {
        var out = new ByteArrayOutputStream(Math.min(limit, body.length * 4));
        var step = new byte[STEP];
        try (var in = new GzipStream(new ByteArrayInputStream(body))) {
            for (int n = in.read(step); n >= 0; n = in.read(step)) {
                share.grow(n);
                out.write(step, 0, n);
                if (out.size() > limit) {
                    throw new Refusal(tooLarge);
                }
            }
            if (in.passedOver()) {
                throw ErrorCode.MALFORMED_ENCODING.refusal("Something that is not gzip follows the gzip in the body.");
            }
            return out.toByteArray();
        } catch (IOException _) {
            throw ErrorCode.MALFORMED_ENCODING.refusal("The body is not gzip, is damaged, or was cut.");
        }
    }
}
