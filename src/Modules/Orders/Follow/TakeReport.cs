using HaoSuan.Upstreams;

namespace HaoSuan.Orders;

/// <summary>What an upstream tells becomes a fact, also its no.</summary>
internal sealed class TakeReport(Facts facts, TimeProvider time) : IFollow<UpstreamReported>, IFollow<UpstreamRefused>
{
    public Task FollowAsync(UpstreamReported told, CancellationToken cancel) => facts.RecordAsync(
        new(told.OrderId, told.Kind, told.At, told.Source, told.EventId, told.Amount, told.Attributes), cancel);

    public Task FollowAsync(UpstreamRefused refused, CancellationToken cancel) => facts.RecordAsync(
        new(refused.OrderId, "rejected", time.Now, "upstream", "refused", Attributes: new Dictionary<string, string>
        {
            ["code"] = refused.Code,
            ["message"] = refused.Message,
        }), cancel);
}
