using HaoSuan.Ledger;
using HaoSuan.Settling;

namespace HaoSuan.Settlements;

/// <summary>Accounts and labels of postings, each made once: a run posts millions of them, under a few thousand names.</summary>
internal sealed class PostingNames
{
    private const int Most = 50_000;
    private readonly Dictionary<(string Distributor, State State), Account> _accounts = [];
    private readonly Dictionary<LineLabel, string> _labels = [];

    public Account AccountOf(LineKey key)
    {
        if (_accounts.TryGetValue((key.Distributor, key.State), out var known)) return known;
        if (_accounts.Count >= Most) _accounts.Clear();
        return _accounts[(key.Distributor, key.State)] = key.State switch
        {
            State.Pending => Accounts.Pending(Distributor(key)),
            State.Available => Accounts.Available(Distributor(key)),
        };
    }

    public string LabelOf(LineKey key)
    {
        var label = LineLabel.Of(key);
        if (_labels.TryGetValue(label, out var known)) return known;
        if (_labels.Count >= Most) _labels.Clear();
        return _labels[label] = label.ToString();
    }

    private static DistributorId Distributor(LineKey key) => DistributorId.From(Guid.Parse(key.Distributor));
}
