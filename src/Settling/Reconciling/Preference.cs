namespace HaoSuan.Settling.Reconciling;

/// <summary>Which of several rows for one line is the one that pays it. It looks at what the rows say only.</summary>
internal static class Preference
{
    /// <summary>Below zero where <paramref name="a"/> is to be preferred. The amount as expected comes first, then our stage,
    /// then the larger amount; the rest only makes the choice the same in every order.</summary>
    public static int Compare(in Entry a, in Entry b, in Entry line)
    {
        var order = (b.Amount == line.Amount).CompareTo(a.Amount == line.Amount);
        if (order == 0) order = (b.Stage == line.Stage).CompareTo(a.Stage == line.Stage);
        if (order == 0) order = b.Amount.CompareTo(a.Amount);
        if (order == 0) order = string.CompareOrdinal(a.Status, b.Status);
        if (order == 0) order = a.Standing.CompareTo(b.Standing);
        if (order == 0) order = Code.Compare(a.Order, b.Order);
        if (order == 0) order = Code.Compare(a.Iccid, b.Iccid);
        if (order == 0) order = Code.Compare(a.Phone, b.Phone);
        if (order == 0) order = string.CompareOrdinal(a.Product, b.Product);
        if (order == 0) order = a.Day.CompareTo(b.Day);
        if (order == 0) order = (a.Period?.Number ?? 0).CompareTo(b.Period?.Number ?? 0);
        if (order == 0) order = string.CompareOrdinal(a.Stage, b.Stage);
        return order != 0 ? order : a.Row.CompareTo(b.Row);
    }
}
