package io.throughline.deploy.cli;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/// What this machine has, and how much of it is in use.
///
/// @param cores that the system gives us
/// @param load programs that ran or waited to, averaged over a minute; negative where the system does not say
/// @param memoryMib of the machine or of our container
record Machine(int cores, double load, long memoryMib) {
    /// From here on starts take several times as long.
    private static final double BUSY = 2;

    static Machine now() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(system.getAvailableProcessors(), system.getSystemLoadAverage(), system.getTotalMemorySize() >> 20);
    }

    boolean isBusy() {
        return load > BUSY * cores;
    }

    /// A sentence for those who wait, when other programs keep the machine busy.
    static Optional<String> busy() {
        var machine = now();
        return machine.isBusy() ? Optional.of("The machine is busy (load %.1f on %d cores): this takes longer than usual.".formatted(machine.load, machine.cores))
                : Optional.empty();
    }
}
