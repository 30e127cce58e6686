using System.Runtime.InteropServices;

namespace HaoSuan.Settling.Reconciling;

/// <summary>What a row and a line must have in common.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Key(Code Code, string? Product = null, int Day = 0)
{
    public override int GetHashCode() => Code.GetHashCode() ^ (Product?.GetHashCode(StringComparison.Ordinal) ?? 0) ^ Day;
}

/// <summary>One way to tell that a row speaks of a line; weaker ones come later.</summary>
internal abstract class Step
{
    /// <summary>A key that more lines share tells nothing; it would only cost time.</summary>
    private const int Crowd = 256;

    private readonly Dictionary<Key, (int Last, int Count)> _lines = [];
    private int[] _previous = [];

    /// <summary>Whether rows that share the key are the same card beyond doubt.</summary>
    public abstract bool IsProof { get; }

    protected abstract Key? KeyOf(in Entry row);
    protected virtual Key? KeyOfLine(in Entry line) => KeyOf(line);
    protected virtual bool Accepts(in Entry row, in Entry line) => true;

    /// <summary>Indexes the lines by the keys of the rows that are still open.</summary>
    public void Index(IReadOnlyList<Entry> lines, IReadOnlyList<Entry> rows, List<int> open)
    {
        _lines.EnsureCapacity(Math.Min(open.Count, lines.Count));
        foreach (var row in open)
        {
            if (KeyOf(rows[row]) is { } key) _lines.TryAdd(key, (-1, 0));
        }
        if (_lines.Count == 0) return;
        _previous = new int[lines.Count];
        for (var line = 0; line < lines.Count; line++)
        {
            if (KeyOfLine(lines[line]) is not { } key) continue;
            ref var found = ref CollectionsMarshal.GetValueRefOrNullRef(_lines, key);
            if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref found)) continue;
            _previous[line] = found.Last;
            found = (line, found.Count + 1);
        }
    }

    /// <summary>The lines that share the row's key; null where they are too many.</summary>
    public bool TryFind(in Entry row, IReadOnlyList<Entry> lines, List<int> hits)
    {
        hits.Clear();
        if (KeyOf(row) is not { } key || !_lines.TryGetValue(key, out var found)) return true;
        if (found.Count > Crowd) return false;
        for (var line = found.Last; line >= 0; line = _previous[line])
        {
            if (Accepts(row, lines[line])) hits.Add(line);
        }
        return true;
    }

    public bool Agrees(in Entry row, in Entry line) => KeyOf(row) is { } key && KeyOfLine(line) == key && Accepts(row, line);
}

/// <summary>1. Our order number.</summary>
internal sealed class ByOrder : Step
{
    public override bool IsProof => true;

    protected override Key? KeyOf(in Entry row) => row.Order.IsNone ? null : new(row.Order);
}

/// <summary>2. The card.</summary>
internal sealed class ByIccid : Step
{
    public override bool IsProof => true;

    protected override Key? KeyOf(in Entry row) => row.Iccid.IsNone ? null : new(row.Iccid);
}

/// <summary>3. The full phone number. Numbers are recycled: the activation must be within a week of ours, where both are known.</summary>
internal sealed class ByPhone : Step
{
    private const int Days = 7;

    public override bool IsProof => false;

    protected override Key? KeyOf(in Entry row) => row.Phone.IsNone || row.Masked ? null : new(row.Phone);

    protected override bool Accepts(in Entry row, in Entry line) =>
        row.Day == 0 || line.Day == 0 || Math.Abs(row.Day - line.Day) <= Days;
}

/// <summary>4. A masked phone number of one shape, with the product and the day of activation.</summary>
internal sealed class ByMask(Mask mask) : Step
{
    public override bool IsProof => false;

    protected override Key? KeyOf(in Entry row) =>
        row is { Masked: true, Product: not null, Day: not 0 } && Mask.Of(row.Phone) == mask ? KeyFor(row) : null;

    protected override Key? KeyOfLine(in Entry line) =>
        line is { Masked: false, Product: not null, Day: not 0 } && !line.Phone.IsNone ? KeyFor(line) : null;

    private Key? KeyFor(in Entry entry)
    {
        var hidden = mask.Hide(entry.Phone);
        return hidden.IsNone ? null : new(hidden, entry.Product, entry.Day);
    }
}

/// <summary>The shape of a masked phone number: how many digits it shows at its head and at its tail.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Mask(int Head, int Tail)
{
    private const int Least = 5;    // fewer digits than these tell too little

    public int Shown => Head + Tail;

    public static Mask Of(Code masked)
    {
        var text = masked.Write(stackalloc char[24]);
        return new(text.IndexOfAny('*', 'X'), text.Length - text.LastIndexOfAny('*', 'X') - 1);
    }

    public bool IsTelling => Shown is >= Least and < 11;

    public Code Hide(Code phone)
    {
        Span<char> buffer = stackalloc char[24], shown = stackalloc char[24];
        var text = phone.Write(buffer);
        if (!phone.IsPacked || text.Length < Shown) return default;
        text[..Head].CopyTo(shown);
        shown[Head] = '*';
        text[^Tail..].CopyTo(shown[(Head + 1)..]);
        return Code.Of(shown[..(Shown + 1)]);
    }
}
