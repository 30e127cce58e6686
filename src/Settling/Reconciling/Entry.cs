using System.Runtime.InteropServices;

namespace HaoSuan.Settling.Reconciling;

/// <summary>
/// One line of accounts, ours (an expected income) or theirs (a row of the sheet). What it does not say is none, null or 0.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Entry
{
    /// <summary>The row in its file, counted from 1 as a spreadsheet shows it.</summary>
    public int Row { get; init; }

    /// <summary>Our order number.</summary>
    public Code Order { get; init; }

    public Code Iccid { get; init; }

    /// <summary>The full phone number, or a masked one such as 186****1234.</summary>
    public Code Phone { get; init; }

    /// <summary>Whether the phone number hides some of its digits.</summary>
    public bool Masked { get; init; }

    public string? Product { get; init; }

    /// <summary>The day of activation as <see cref="DateOnly.DayNumber"/>; 0 is none.</summary>
    public int Day { get; init; }

    /// <summary>What we expect, or what the sheet pays.</summary>
    public Money Amount { get; init; }

    /// <summary>The status as the file words it.</summary>
    public string? Status { get; init; }

    public Standing Standing { get; init; }

    /// <summary>The period (账期) to which the amount belongs.</summary>
    public Month? Period { get; init; }

    /// <summary>The stage of the commission (首充, 次月 …).</summary>
    public string? Stage { get; init; }

    /// <summary>The order number as its file writes it, where that differs from <see cref="Order"/>.</summary>
    public string? Written { get; init; }

    public string OrderText => Written ?? Order.ToString();

    /// <summary>The first of order number, ICCID and phone that it carries, trimmed, upper case.</summary>
    public string Reference => (!Order.IsNone ? Order : !Iccid.IsNone ? Iccid : Phone).ToString();

    /// <summary>An expected line, from what the books say of an order.</summary>
    public static Entry Expect(string order, Money amount, string? iccid = null, string? phone = null, string? product = null,
        DateOnly? activated = null, string? status = null, Month? period = null, string? stage = null)
    {
        Identifiers.ReadOrder(order, out var code, out var written);
        Identifiers.ReadIccid(iccid, out var card);
        Identifiers.ReadPhone(phone, out var number, out var masked);
        return new()
        {
            Order = code,
            Written = written,
            Iccid = card,
            Phone = number,
            Masked = masked,
            Product = Words.Of(product),
            Day = activated?.DayNumber ?? 0,
            Amount = amount,
            Status = status,
            Standing = Standings.Of(status),
            Period = period,
            Stage = Words.Of(stage),
        };
    }
}

internal static class Words
{
    /// <summary>A product's or stage's name for comparison: folded, upper case, without blanks; null where there is none.</summary>
    public static string? Of(string? text)
    {
        Span<char> folded = stackalloc char[Folding.Usual], tight = stackalloc char[Folding.Usual];
        var word = Folding.Without(Folding.Fold(text, folded), " ", tight);
        return Folding.IsNothing(word) ? null : word.ToString().ToUpperInvariant();
    }
}
