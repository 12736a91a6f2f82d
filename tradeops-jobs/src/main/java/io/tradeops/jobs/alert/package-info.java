/**
 * The delivery of alerts. {@link io.tradeops.jobs.alert.QueueAlertDeliveries} queues a delivery for each alert, and
 * {@link io.tradeops.jobs.alert.DeliverAlert} pushes one alert. {@link io.tradeops.jobs.alert.AlertOutbox} is the port
 * to the stored alerts, {@link io.tradeops.jobs.alert.AlertReceiver} the port to their receiver.
 */
@NullMarked
package io.tradeops.jobs.alert;

import org.jspecify.annotations.NullMarked;
