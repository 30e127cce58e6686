using System.Globalization;
using System.Text.RegularExpressions;

namespace HaoSuan.Leases;

/// <summary>A device model that was typed without a fault.</summary>
internal sealed record CleanModel(string Code, string Name, string Summary, bool OnOffer, LeaseTerms Terms);

/// <summary>Reads a device model as it was typed: everything that is wrong, each on its field.</summary>
internal static partial class TermsRules
{
    private const int LongestTerm = 60;
    private const int LongestGrace = 30;
    private const long MostFen = 100_000_00;

    public static Result<CleanModel> Read(ModelForm form)
    {
        List<Refusal> faults = [];
        var code = (form.Code ?? "").Trim().ToUpperInvariant();
        var name = (form.Name ?? "").Trim();
        if (!CodeShape().IsMatch(code)) faults.Add(new Refusal("leases.model_code").On(nameof(form.Code)));
        if (name.Length is < 2 or > 60) faults.Add(new Refusal("leases.model_name").On(nameof(form.Name)));
        var fee = Yuan(form.MonthlyFee, nameof(form.MonthlyFee), 1, faults);
        var deposit = Yuan(form.Deposit, nameof(form.Deposit), 0, faults);
        var late = Yuan(string.IsNullOrWhiteSpace(form.LateFee) ? "0" : form.LateFee, nameof(form.LateFee), 0, faults);
        var months = Number(form.MinMonths, nameof(form.MinMonths), 1, LongestTerm, faults);
        var grace = Number(form.GraceDays, nameof(form.GraceDays), 1, LongestGrace, faults);
        var buyOut = BuyOut(form.BuyOut, faults);
        var damages = Damages(form.Damages, faults);
        if (faults.Count > 0) return faults;
        return new CleanModel(
            code, name, Cut((form.Summary ?? "").Trim(), 200), form.OnOffer == "true", new(fee, deposit, months, grace, late, buyOut, damages));
    }

    public static ModelForm Write(DeviceModel model) => new()
    {
        Code = model.Code,
        Name = model.Name,
        Summary = model.Summary,
        MonthlyFee = $"{model.Terms.MonthlyFee}",
        Deposit = $"{model.Terms.Deposit}",
        MinMonths = model.Terms.MinMonths.ToString(CultureInfo.InvariantCulture),
        GraceDays = model.Terms.GraceDays.ToString(CultureInfo.InvariantCulture),
        LateFee = $"{model.Terms.LateFee}",
        BuyOut = string.Join('\n', model.Terms.BuyOut.Select(b => string.Create(CultureInfo.InvariantCulture, $"{b.FromMonth} {b.Price}"))),
        Damages = string.Join('\n', model.Terms.Damages.Select(d => $"{d.Name} {d.Price}")),
        OnOffer = model.OnOffer ? "true" : null,
    };

    private static List<BuyOutPrice> BuyOut(string? text, List<Refusal> faults)
    {
        List<BuyOutPrice> prices = [];
        foreach (var (number, label, price) in Lines(text))
        {
            var read = int.TryParse(label, NumberStyles.None, CultureInfo.InvariantCulture, out var month);
            if (!read || price is not { Minor: > 0 } amount || month != 1 && prices.Count == 0 || prices is [.., var last] && month <= last.FromMonth)
            {
                faults.Add(new Refusal("leases.buy_out_line", number).On(nameof(ModelForm.BuyOut)));
                return [];
            }
            prices.Add(new(month, amount));
        }
        if (prices.Count == 0) faults.Add(new Refusal("leases.buy_out_required").On(nameof(ModelForm.BuyOut)));
        return prices;
    }

    private static List<DamageItem> Damages(string? text, List<Refusal> faults)
    {
        List<DamageItem> items = [];
        foreach (var (number, label, price) in Lines(text))
        {
            if (label.Length is 0 or > 30 || price is not { Minor: > 0 } amount || items.Exists(i => i.Name == label))
            {
                faults.Add(new Refusal("leases.damage_line", number).On(nameof(ModelForm.Damages)));
                return [];
            }
            items.Add(new(label, amount));
        }
        return items;
    }

    /// <summary>Lines of a word and an amount, with their numbers.</summary>
    private static IEnumerable<(int Number, string Label, Money? Price)> Lines(string? text) =>
        from line in (text ?? "").Split('\n').Index()
        let words = line.Item.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        where words.Length > 0
        select (line.Index + 1, string.Join(' ', words[..^1]), YuanText.TryRead(words[^1], out var price) && price.Minor <= MostFen ? price : (Money?)null);

    private static Money Yuan(string? text, string field, long least, List<Refusal> faults)
    {
        if (YuanText.TryRead(text, out var amount) && amount.Minor >= least && amount.Minor <= MostFen) return amount;
        faults.Add(new Refusal("leases.amount", new Money(least), new Money(MostFen)).On(field));
        return Money.Zero;
    }

    private static int Number(string? text, string field, int least, int most, List<Refusal> faults)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        faults.Add(new Refusal("leases.number", least, most).On(field));
        return least;
    }

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];

    [GeneratedRegex("^[A-Z0-9][A-Z0-9-]{1,19}$")]
    private static partial Regex CodeShape();
}
