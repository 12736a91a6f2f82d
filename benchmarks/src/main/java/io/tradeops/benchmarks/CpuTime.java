package io.tradeops.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The CPU time that the whole process used in an iteration. It can be compared even if other processes use the cores,
 * too.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class CpuTime {

    /** The CPU time of all threads together, in milliseconds. */
    public double cpuMillis;

    private double start;

    /** Starts the measurement. */
    @Setup(Level.Iteration)
    public void begin() {
        start = now();
    }

    /** Ends the measurement. */
    @TearDown(Level.Iteration)
    public void end() {
        cpuMillis = now() - start;
    }

    private static double now() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return system instanceof com.sun.management.OperatingSystemMXBean process
                ? process.getProcessCpuTime() / 1e6
                : Double.NaN;
    }
}
