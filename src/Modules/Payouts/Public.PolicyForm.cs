using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace HaoSuan.Payouts;

/// <summary>A policy as it was typed.</summary>
public sealed record PolicyForm(
    string? From, string? Least, string? Most, string? MostPerMonth, string? FeeRate, string? FeeLeast, string? FeeMost, string? Deposit,
    string? CoolDownDays, string? SecondFrom)
{
    public bool Splits { get; init; }

    public bool Many { get; init; }

    public static PolicyForm Of(IFormCollection form) => new(
        form["from"], form["least"], form["most"], form["most_per_month"], form["fee_rate"], form["fee_least"], form["fee_most"], form["deposit"],
        form["cool_down_days"], form["second_from"])
    {
        Splits = form["splits"] == "true",
        Many = form["many"] == "true",
    };

    public static PolicyForm Of(PayoutPolicy policy, DateOnly from) => new(
        from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), $"{policy.Least}", Text(policy.Most), Text(policy.MostPerMonth),
        policy.FeeRate.Value == 0 ? "" : $"{new Money(policy.FeeRate.Value)}", Text(policy.FeeLeast), Text(policy.FeeMost), Text(policy.Deposit),
        policy.CoolDownDays == 0 ? "" : policy.CoolDownDays.ToString(CultureInfo.InvariantCulture), Text(policy.SecondFrom))
    {
        Splits = policy.Splits,
        Many = !policy.OneOpen,
    };

    /// <summary>What was left empty is no limit.</summary>
    public Result<(DateOnly From, PayoutPolicy Policy)> Read()
    {
        List<Refusal> refusals = [];
        if (!DateOnly.TryParseExact(From, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from))
            refusals.Add(new Refusal("payouts.policy_day").On("from"));
        var days = 0;
        if (!string.IsNullOrWhiteSpace(CoolDownDays) && !int.TryParse(CoolDownDays, NumberStyles.None, CultureInfo.InvariantCulture, out days))
            refusals.Add(new Refusal("payouts.policy_days", 366).On("cool_down_days"));
        // Hundredths of a percent are basis points, as hundredths of a yuan are fen.
        var rate = Amount(FeeRate?.TrimEnd('%', ' '), "fee_rate");
        var policy = new PayoutPolicy
        {
            Least = Amount(Least, "least"),
            Most = Amount(Most, "most"),
            Splits = Splits,
            MostPerMonth = Amount(MostPerMonth, "most_per_month"),
            FeeRate = new((int)Math.Clamp(rate.Minor, -1, 10_000)),
            FeeLeast = Amount(FeeLeast, "fee_least"),
            FeeMost = Amount(FeeMost, "fee_most"),
            Deposit = Amount(Deposit, "deposit"),
            CoolDownDays = days,
            OneOpen = !Many,
            SecondFrom = Amount(SecondFrom, "second_from"),
        };
        return refusals.Count > 0 ? refusals : (from, policy);

        Money Amount(string? text, string field)
        {
            if (string.IsNullOrWhiteSpace(text)) return Money.Zero;
            if (YuanText.TryRead(text, out var amount)) return amount;
            refusals.Add(new Refusal("payouts.not_an_amount").On(field));
            return Money.Zero;
        }
    }

    private static string Text(Money amount) => amount.IsZero ? "" : $"{amount}";
}
