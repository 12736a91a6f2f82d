package io.tradeops.app.config;

/**
 * What one client address may have at the same time. A trusted proxy's clients count by their own addresses. Immutable.
 *
 * @param feedClients the most clients of the price feed
 * @param exports the most exports in progress
 * @param alertStreams the most clients of the alert stream
 */
public record AddressLimits(int feedClients, int exports, int alertStreams) {

    static AddressLimits of(Settings settings) {
        return new AddressLimits(
                settings.read(Setting.FEED_CLIENTS_PER_ADDRESS, SettingText::perAddress),
                settings.read(Setting.EXPORTS_PER_ADDRESS, SettingText::perAddress),
                settings.read(Setting.ALERT_STREAMS_PER_ADDRESS, SettingText::perAddress));
    }
}
