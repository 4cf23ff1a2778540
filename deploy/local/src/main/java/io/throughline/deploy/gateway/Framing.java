package io.throughline.deploy.gateway;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.Serial;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// What Vert.x leaves open about requests on one connection: how many may come before the first of them is answered, that a
/// body has one length, and what is said to a client that speaks another version of HTTP or whose body cannot be read.
///
/// Vert.x keeps requests that are sent ahead without a limit, and counts an answer as given when it is written: one connection
/// that sends requests and reads no answers would fill the heap. Here an answer is given when the socket has taken it.
final class Framing extends ChannelDuplexHandler {
    /// Clients that send ahead at all send a few; more than the first is no promise of HTTP.
    private static final int MAX_AHEAD = 4;
    private static final Set<HttpVersion> VERSIONS = Set.of(HttpVersion.HTTP_1_0, HttpVersion.HTTP_1_1);

    private static final String NAME = "framing";

    private final BooleanSupplier onBrokenBody;
    private int unanswered;

    private Framing(BooleanSupplier onBrokenBody) {
        this.onBrokenBody = onBrokenBody;
    }

    /// Puts it between the connection's decoder and Vert.x. To be called when the connection opens.
    ///
    /// @param onBrokenBody answers the request whose body cannot be read any further; when it says false, the connection is closed
    static void watch(HttpConnection connection, HttpServerOptions options, BooleanSupplier onBrokenBody) {
        var pipeline = pipeline(connection);
        pipeline.replace(VertxHttpRequestDecoder.class, "httpDecoder", new OneLength(options));
        pipeline.addBefore("handler", NAME, new Framing(onBrokenBody));
    }

    /// Closes the connection without waiting until what was written has gone out, as Vert.x would.
    static void cut(HttpConnection connection) {
        var framing = pipeline(connection).context(NAME);
        if (framing != null) {
            framing.close();
        }
    }

    private static ChannelPipeline pipeline(HttpConnection connection) {
        return ((ConnectionBase) connection).channel().pipeline();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest && ++unanswered > 1 + MAX_AHEAD) {
            ReferenceCountUtil.release(message);
            context.close();
            return;
        }
        if (message instanceof HttpRequest request && request.decoderResult().isSuccess() && !VERSIONS.contains(request.protocolVersion())) {
            // It would be answered in its own version.
            request.setProtocolVersion(HttpVersion.HTTP_1_1).setDecoderResult(DecoderResult.failure(new OtherVersionException()));
        }
        if (message instanceof HttpRequest request && request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            // In this version the end of the connection is the end of an answer whose length is not known.
            request.headers().remove(HttpHeaderNames.CONNECTION);
        }
        if (message instanceof HttpContent content && content.decoderResult().isFailure() && onBrokenBody.getAsBoolean()) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    /// Of a request in a version of HTTP that is not spoken here. Vert.x would answer it with `501` and no word.
    static final class OtherVersionException extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof LastHttpContent && !isInterim(message)) {
            context.write(message, promise.unvoid().addListener(_ -> unanswered--));
        } else {
            context.write(message, promise);
        }
    }

    private static boolean isInterim(Object message) {
        return message instanceof HttpResponse response && response.status().code() < HttpResponseStatus.OK.code();
    }

    /// Refuses a request with both `Content-Length` and `Transfer-Encoding`, of which Netty drops the former: two readers may
    /// differ about where such a body ends (RFC 9112, section 6.1).
    private static final class OneLength extends VertxHttpRequestDecoder {
        OneLength(HttpServerOptions options) {
            super(options);
        }

        @Override
        protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
            throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
        }
    }
}
