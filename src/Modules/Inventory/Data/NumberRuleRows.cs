using HaoSuan.Catalog;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Inventory;

internal sealed class NumberRuleRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required Guid Id { get; init; }
    public required NumberPattern Pattern { get; init; }
    public required ProductId? ProductId { get; init; }
    public required Carrier? Carrier { get; init; }
    public required Instant InForceFrom { get; init; }
    public required Money Supplement { get; init; }
    public required Money MinimumMonthly { get; init; }
    public required Money Prepayment { get; init; }
    public required int ContractMonths { get; init; }
    public required string Note { get; init; }
    public required bool Lifts { get; init; }
    public required string SetBy { get; init; }
    public required Instant SetAt { get; init; }

    public static NumberRuleRow Of(NumberRule rule) => new()
    {
        Id = rule.Id,
        Pattern = rule.Scope.Pattern,
        ProductId = rule.Scope.Product,
        Carrier = rule.Scope.Carrier,
        InForceFrom = rule.From,
        Supplement = rule.Terms.Supplement,
        MinimumMonthly = rule.Terms.MinimumMonthly,
        Prepayment = rule.Terms.Prepayment,
        ContractMonths = rule.Terms.ContractMonths,
        Note = rule.Terms.Note,
        Lifts = rule.Lifts,
        SetBy = rule.SetBy,
        SetAt = rule.SetAt,
    };

    public NumberRule ToRule() => new(
        Id, new(Pattern, ProductId, Carrier), InForceFrom, new(Supplement, MinimumMonthly, Prepayment, ContractMonths, Note), Lifts, SetBy, SetAt);
}

internal sealed class NumberRuleMapping : IEntityTypeConfiguration<NumberRuleRow>
{
    public void Configure(EntityTypeBuilder<NumberRuleRow> row) => row.ToTable("number_rule").HasKey(r => new { r.TenantId, r.Id });
}
