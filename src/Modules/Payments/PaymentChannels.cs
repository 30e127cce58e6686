using HaoSuan.Payments.Channels;

namespace HaoSuan.Payments;

/// <summary>The channels that this installation has a merchant's keys for, and where they find us. What is asked of them is counted.</summary>
public sealed class PaymentChannels
{
    private readonly Dictionary<string, IPaymentChannel> _channels;
    private readonly PaymentAddresses _addresses;

    internal PaymentChannels(IEnumerable<IPaymentChannel> channels, PaymentAddresses addresses, GatewayLog log)
    {
        _channels = channels.ToDictionary(c => c.Name, IPaymentChannel (c) => new MeasuredChannel(c, log), StringComparer.Ordinal);
        _addresses = addresses;
    }

    public IReadOnlyCollection<string> Names => _channels.Keys;

    public IPaymentChannel? Find(string name) => _channels.GetValueOrDefault(name);

    internal IPaymentChannel this[string name] => _channels[name];

    internal Uri NotifyUrl(string channel, string tenantSlug) => new(_addresses.PublicBase, $"notify/{channel}/{tenantSlug}");
}
