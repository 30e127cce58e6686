namespace HaoSuan.Ledger;

/// <summary>
/// The ids of accounts that a journal has seen: they never change, so it asks for them once. Those that its own transaction has made are
/// asked for again in the next one, since whether that was committed is not known here.
/// </summary>
internal sealed class KnownAccounts
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<string> _made = [];
    private Guid _transaction;

    public int this[string code] => _ids[code];

    /// <summary>To be called before anything is asked or learned in a transaction.</summary>
    public void Enter(Guid transaction)
    {
        if (transaction == _transaction) return;
        _transaction = transaction;
        foreach (var code in _made) _ids.Remove(code);
        _made.Clear();
    }

    public string[] Unknown(IEnumerable<string> codes) => [.. codes.Where(c => !_ids.ContainsKey(c))];

    /// <summary>Accounts that were there.</summary>
    public void Learn(Dictionary<string, int> found)
    {
        foreach (var (code, id) in found) _ids[code] = id;
    }

    /// <summary>Accounts that the running transaction has made.</summary>
    public void LearnMade(Dictionary<string, int> made)
    {
        Learn(made);
        _made.AddRange(made.Keys);
    }
}
