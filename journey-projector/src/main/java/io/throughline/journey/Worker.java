package io.throughline.journey;

/// Work that goes on in a thread of its own until it is told to end. What fails in it is logged, waited out, and never ends it.
public interface Worker extends Runnable {

    /// Works until [#stop].
    @Override
    void run();

    /// It is to end as soon as it can. From any thread; never waits.
    void stop();

    /// Empty while all is well; else what failed last.
    String trouble();
}
