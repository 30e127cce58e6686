using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace HaoSuan.Platform;

internal static class NewRows
{
    extension(Db db)
    {
        /// <summary>
        /// Saves where nothing but new rows is to be saved, and tells whether it was so: each table's rows by one prepared statement, all of them
        /// in one round trip. EF Core would write a statement for each row anew.
        /// </summary>
        public async Task<bool> TryInsertAsync(CancellationToken cancel)
        {
            var changed = db.ChangeTracker.Entries().Where(e => e.State != EntityState.Unchanged).ToList();
            if (changed.Exists(e => e.State != EntityState.Added)) return false;
            db.StampNew();
            var tables = changed.GroupBy(e => e.Metadata).OrderBy(g => Depth(g.Key));
            await db.InsertAsync(tables.Select(g => Table(g.Key).Of([.. g.Select(e => e.Entity)])), cancel);
            foreach (var row in changed) row.State = EntityState.Unchanged;
            return true;
        }
    }

    private static int Depth(IEntityType table) =>
        table.GetForeignKeys().Select(k => k.PrincipalEntityType).Where(p => p != table).Select(p => Depth(p) + 1).DefaultIfEmpty().Max();

    private static BulkInsert<object> Table(IEntityType table) => table.GetOrAddRuntimeAnnotationValue(
        "haosuan:insert", static t => Made(t!), table);

    private static BulkInsert<object> Made(IEntityType table)
    {
        var insert = new BulkInsert<object>(table.GetTableName()!);
        foreach (var property in table.GetFlattenedProperties().Where(p => p.Name != nameof(ITenantRow.TenantId)))
            insert = Column.Made(property).AddTo(insert, property);
        return insert;
    }

    private abstract class Column
    {
        public static Column Made(IProperty property)
        {
            var type = property.GetTypeMapping().Converter?.ProviderClrType ?? property.ClrType;
            if (property.IsNullable && type.IsValueType && Nullable.GetUnderlyingType(type) is null) type = typeof(Nullable<>).MakeGenericType(type);
            return (Column)Activator.CreateInstance(typeof(Of<>).MakeGenericType(type))!;
        }

        public abstract BulkInsert<object> AddTo(BulkInsert<object> insert, IProperty property);

        private sealed class Of<TValue> : Column
        {
            public override BulkInsert<object> AddTo(BulkInsert<object> insert, IProperty property)
            {
                var (getter, convert) = (property.GetGetter(), property.GetTypeMapping().Converter?.ConvertToProvider);
                return insert.With(property.GetColumnName(), row =>
                {
                    var value = getter.GetClrValueUsingContainingEntity(row);
                    return (TValue?)(value is null || convert is null ? value : convert(value));
                });
            }
        }
    }
}
