using HaoSuan.Payments.Channels;

namespace HaoSuan.Payments;

/// <summary>The channels that this installation has a merchant's keys for, and where they find us.</summary>
public sealed class PaymentChannels(IEnumerable<IPaymentChannel> channels, PaymentAddresses addresses)
{
    private readonly Dictionary<string, IPaymentChannel> _channels = channels.ToDictionary(c => c.Name, StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => _channels.Keys;

    public IPaymentChannel? Find(string name) => _channels.GetValueOrDefault(name);

    internal IPaymentChannel this[string name] => _channels[name];

    internal Uri NotifyUrl(string channel, string tenantSlug) => new(addresses.PublicBase, $"notify/{channel}/{tenantSlug}");
}
