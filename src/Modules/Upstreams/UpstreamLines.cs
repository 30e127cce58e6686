using HaoSuan.Upstreams.Wire;

namespace HaoSuan.Upstreams;

/// <summary>The upstreams that this installation is connected to, by key, and where they find us.</summary>
internal sealed class UpstreamLines(IEnumerable<UpstreamLine> lines, UpstreamAddresses addresses)
{
    private readonly Dictionary<string, IUpstreamWire> _wires = lines.ToDictionary(l => l.Key, l => l.Wire, StringComparer.Ordinal);

    public IUpstreamWire? Find(string key) => _wires.GetValueOrDefault(key);

    public Uri CallbackUrl(string tenantSlug, string key) => new(addresses.PublicBase, $"upstream/{tenantSlug}/{key}");
}
