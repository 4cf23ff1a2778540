package io.throughline.deploy.gateway;

import java.time.Duration;

/// How much the gateway gives to connections, to those without a token least. What has not shown a token can only take from
/// others without one.
///
/// @param head in which a first request's line and headers must be there, and each further one of a connection without a token
/// @param idle how long a connection with a token may be between an answer and its next request
/// @param rest for what is still sent after an answer; then the connection is closed
/// @param restBytes most of it that is read from a connection without a token
/// @param window over which the pace of a body and of a reader is taken
/// @param windowBytes fewest bytes of a body in it, while its service takes them; and of an answer, while its reader is behind
/// @param strangers most connections without a token
/// @param strangersOfAddress most of them from one address; above either the oldest one is closed
/// @param callers most connections with a token; above it the caller with most of them loses an idle one
/// @param upstream connections to one service
/// @param requestsOfCaller most requests of one caller that are under way to one service: half of the connections
/// @param waiting most requests that wait for a connection to a service
/// @param patience longest time that one waits for it
/// @param look how often deadlines are looked at
record Limits(Duration head, Duration idle, Duration rest, long restBytes, Duration window, long windowBytes, int strangers,
        int strangersOfAddress, int callers, int upstream, int requestsOfCaller, int waiting, Duration patience, Duration look) {

    /// 1 KiB a second; 4,096 + 512 connections are 60 MiB of a heap of 160 MiB at 13 KiB each.
    static final Limits USUAL = new Limits(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(5), 1024 * 1024,
            Duration.ofSeconds(30), 30 * 1024, 512, 256, 4_096, 256, 128, 1_024, Duration.ofSeconds(5), Duration.ofSeconds(1));
}
