using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace HaoSuan.Platform;

/// <summary>A row that belongs to a tenant. <see cref="Db"/> filters queries by it and stamps it on new rows.</summary>
public interface ITenantRow
{
    TenantId TenantId { get; }
}

/// <summary>The one database context. Modules see their own tables through <c>extension(Db db)</c> members of their own.</summary>
public sealed class Db(DbContextOptions<Db> options, TenantScope tenant, DatabaseAddress address, IEnumerable<Module> modules)
    : DbContext(options)
{
    public Engine Engine => address.Engine;

    public TenantId CurrentTenant => tenant.Id;

    /// <summary>Another one after every transaction and save: what was read in an earlier turn may have changed since.</summary>
    internal int Turn { get; set; }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.ComplexProperties<Money>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
        configurationBuilder.Properties<Instant>().HaveConversion<InstantConverter>();
        configurationBuilder.Properties<Month>().HaveConversion<MonthConverter>();
        configurationBuilder.Properties<Bps>().HaveConversion<BpsConverter>();
        configurationBuilder.Properties<TenantId>().HaveConversion<TenantIdConverter>();
        foreach (var id in modules.Select(m => m.Assembly).Append(typeof(OrderId).Assembly).Distinct()
            .SelectMany(a => a.GetTypes()).Where(IsId))
        {
            configurationBuilder.Properties(id).HaveConversion(typeof(IdConverter<>).MakeGenericType(id));
        }
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var module in modules) modelBuilder.ApplyConfigurationsFromAssembly(module.Assembly);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            if (entity.ClrType.IsAssignableTo(typeof(ITenantRow)))
            {
                entity.SetQueryFilter(OfCurrentTenant(entity.ClrType));
            }
            foreach (var money in entity.GetComplexProperties().Where(p => p.ClrType == typeof(Money)))
            {
                money.ComplexType.FindProperty(nameof(Money.Minor))!.SetColumnName(SnakeCase(money.Name));
            }
        }
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        StampNew();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Save asynchronously.");

    /// <summary>What is going to be saved gets its tenant, and a new turn begins.</summary>
    internal void StampNew()
    {
        Turn++;
        foreach (var row in ChangeTracker.Entries<ITenantRow>().Where(r => r.State == EntityState.Added)) Stamp(row);
    }

    private void Stamp(EntityEntry<ITenantRow> row)
    {
        var stamp = row.Property(r => r.TenantId);
        if (stamp.CurrentValue == default) stamp.CurrentValue = tenant.Id;
        else if (stamp.CurrentValue != tenant.Id) throw new InvalidOperationException("A row of another tenant.");
    }

    private LambdaExpression OfCurrentTenant(Type rowType)
    {
        var row = Expression.Parameter(rowType, "row");
        return Expression.Lambda(
            Expression.Equal(
                Expression.Property(row, nameof(ITenantRow.TenantId)),
                Expression.Property(Expression.Constant(this), nameof(CurrentTenant))),
            row);
    }

    private static bool IsId(Type type) =>
        type.IsValueType && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>));

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}

internal sealed class InstantConverter() : ValueConverter<Instant, long>(i => i.Microseconds, v => new Instant(v));

internal sealed class MonthConverter() : ValueConverter<Month, int>(m => m.Number, v => new Month(v));

internal sealed class BpsConverter() : ValueConverter<Bps, int>(b => b.Value, v => new Bps(v));

internal sealed class TenantIdConverter() : ValueConverter<TenantId, int>(t => t.Value, v => new TenantId(v));

internal sealed class IdConverter<TId>() : ValueConverter<TId, Guid>(id => id.Value, v => Make(v))
    where TId : struct, IId<TId>
{
    private static TId Make(Guid value) => TId.From(value);
}
