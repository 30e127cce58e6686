using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Catalog;

/// <summary>What is proposed: once approved, it stands in a table of its own as well.</summary>
internal abstract class ProposalRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required int Version { get; init; }
    public required ProposalState State { get; set; }
    public required string Json { get; set; }

    /// <summary>What it is of, in the words of the audit trail.</summary>
    public abstract (string Kind, string Subject) Of { get; }

    public abstract ProposalStepRow StepOf(int number, Move move);
}

/// <summary>What somebody did with it, for good.</summary>
internal abstract class ProposalStepRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required int Version { get; init; }
    public required int Number { get; init; }
    public required ProposalAction Action { get; init; }
    public required Instant At { get; init; }
    public required string Actor { get; init; }
    public required string Reason { get; init; }

    public ProposalStep ToStep() => new(Action, At, Actor, Reason);
}

internal sealed class SchemeDraftRow : ProposalRow
{
    public required ProductId ProductId { get; init; }
    public required Instant? InForceFrom { get; set; }

    public override (string, string) Of => ("scheme", $"product:{ProductId.Value}");

    public override SchemeStepRow StepOf(int number, Move move) => new()
    {
        ProductId = ProductId,
        Version = Version,
        Number = number,
        Action = move.Action,
        At = move.At,
        Actor = move.Actor,
        Reason = move.Reason,
    };
}

internal sealed class SchemeStepRow : ProposalStepRow
{
    public required ProductId ProductId { get; init; }
}

internal sealed class BonusVersionRow : ProposalRow
{
    public required string Key { get; init; }
    public required Month FirstMonth { get; set; }
    public required Month? LastMonth { get; set; }

    public override (string, string) Of => ("bonus", $"bonus:{Key}");

    public override BonusStepRow StepOf(int number, Move move) => new()
    {
        Key = Key,
        Version = Version,
        Number = number,
        Action = move.Action,
        At = move.At,
        Actor = move.Actor,
        Reason = move.Reason,
    };
}

internal sealed class BonusStepRow : ProposalStepRow
{
    public required string Key { get; init; }
}

internal sealed class SchemeDraftMapping : IEntityTypeConfiguration<SchemeDraftRow>
{
    public void Configure(EntityTypeBuilder<SchemeDraftRow> row) =>
        row.ToTable("scheme_draft").HasKey(r => new { r.TenantId, r.ProductId, r.Version });
}

internal sealed class SchemeStepMapping : IEntityTypeConfiguration<SchemeStepRow>
{
    public void Configure(EntityTypeBuilder<SchemeStepRow> row)
    {
        row.ToTable("scheme_step").HasKey(r => new { r.TenantId, r.ProductId, r.Version, r.Number });
        row.HasOne<SchemeDraftRow>().WithMany().HasForeignKey(r => new { r.TenantId, r.ProductId, r.Version });
    }
}

internal sealed class BonusVersionMapping : IEntityTypeConfiguration<BonusVersionRow>
{
    public void Configure(EntityTypeBuilder<BonusVersionRow> row) => row.ToTable("bonus_version").HasKey(r => new { r.TenantId, r.Key, r.Version });
}

internal sealed class BonusStepMapping : IEntityTypeConfiguration<BonusStepRow>
{
    public void Configure(EntityTypeBuilder<BonusStepRow> row)
    {
        row.ToTable("bonus_step").HasKey(r => new { r.TenantId, r.Key, r.Version, r.Number });
        row.HasOne<BonusVersionRow>().WithMany().HasForeignKey(r => new { r.TenantId, r.Key, r.Version });
    }
}
