using HaoSuan.Payments.Channels;

namespace HaoSuan.Payments;

/// <summary>The channels through which this installation can pay people. What is asked of them is counted.</summary>
public sealed class TransferChannels
{
    private readonly Dictionary<string, ITransferChannel> _channels;

    internal TransferChannels(
        IEnumerable<ITransferChannel> channels, PaymentAddresses addresses, GatewayLog log, TenantScope scope, Tenants tenants) =>
        _channels = channels.ToDictionary(c => c.Name, ITransferChannel (c) => new MeasuredTransfers(c, log, async cancel =>
        {
            var tenant = await tenants.FindAsync(scope.Id, cancel) ?? throw new InvalidOperationException("No tenant was entered.");
            return new(addresses.PublicBase, $"notify/{c.Name}/{tenant.Slug}");
        }), StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => _channels.Keys;

    public ITransferChannel? Find(string name) => _channels.GetValueOrDefault(name);
}
