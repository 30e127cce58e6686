using System.Globalization;
using System.Text;
using HaoSuan.Ledger;
using HaoSuan.Platform;

namespace HaoSuan.Cli;

/// <summary>
/// Journal entries as plain text accounting reads them (hledger's journal format), so that somebody else's program can count
/// everything anew. A debit is positive there as here.
/// </summary>
internal sealed class HledgerText(Currency currency, Zone zone)
{
    /// <summary>What goes before the entries: the commodity and the chart of accounts, which hledger's strict checks ask for.</summary>
    public string Head(Tenant tenant, IEnumerable<Account> accounts)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"; {Plain(tenant.Name)} ({tenant.Slug}), dates in {zone.Id}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"commodity {currency.Format(new(100_000))} {currency.Code}\n");
        text.Append("account suspense  ; type: L\n");      // the other types are known to hledger by their names
        foreach (var account in accounts) text.Append(CultureInfo.InvariantCulture, $"account {account.Code}\n");
        return text.ToString();
    }

    public void Append(StringBuilder text, PostedEntry entry)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n{DateOf(entry):yyyy-MM-dd} ({entry.Id}) {Description(entry)}\n");
        if (entry.Number is { } number) Tag(text, "number", number.ToString(CultureInfo.InvariantCulture));
        Tag(text, "source", Plain(entry.Source));
        Tag(text, "at", zone.Format(entry.At));
        if (entry.OrderId is { } order) Tag(text, "order", order.Value.ToString());
        foreach (var posting in entry.Postings)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {posting.Account.Code}  {currency.Format(posting.Amount)} {currency.Code}");
            if (posting.Label.Length > 0) text.Append(CultureInfo.InvariantCulture, $"  ; label: {Plain(posting.Label)}");
            text.Append('\n');
        }
    }

    // The day on which it happened, as far as the month that it is booked in goes: so the months come out as in the books.
    private DateOnly DateOf(PostedEntry entry)
    {
        var date = zone.DateOf(entry.At);
        if (date < entry.Period.First) return entry.Period.First;
        return date > entry.Period.Last ? entry.Period.Last : date;
    }

    // hledger splits it there into payee and note.
    private static string Description(PostedEntry entry) => entry.Memo.Length == 0 ? Plain(entry.Kind) : $"{Plain(entry.Kind)} | {Plain(entry.Memo)}";

    private static void Tag(StringBuilder text, string name, string value) => text.Append(CultureInfo.InvariantCulture, $"    ; {name}: {value}\n");

    /// <summary>Without what begins a comment, a further tag or a date inside a line: those become their full-width twins.</summary>
    private static string Plain(string text) => string.Create(text.Length, text, (plain, from) =>
    {
        for (var i = 0; i < plain.Length; i++)
        {
            plain[i] = from[i] switch
            {
                ';' => '；',
                ',' => '，',
                '[' => '［',
                '|' => '｜',
                var c when char.IsControl(c) || char.IsSeparator(c) => ' ',
                var c => c,
            };
        }
    });
}
