using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaoSuan.Platform;

public readonly record struct FileId(Guid Value) : IId<FileId>
{
    public static FileId From(Guid value) => new(value);
}

/// <summary>Files that were handed in or issued, kept as they came, each once.</summary>
public sealed class Files(Db db, TimeProvider time)
{
    /// <summary>Keeps the file with the running transaction. The same bytes a second time give the first one's id and <c>Known</c>.</summary>
    public async Task<(FileId Id, bool Known)> KeepAsync(string name, string mediaType, byte[] content, CancellationToken cancel = default)
    {
        var sha256 = SHA256.HashData(content);
        if (await db.Set<FileRow>().Where(f => f.Sha256 == sha256).Select(f => (FileId?)f.Id).FirstOrDefaultAsync(cancel) is { } known)
        {
            return (known, true);
        }
        var file = new FileRow
        {
            Id = NewId.Of<FileId>(time),
            Name = name,
            MediaType = mediaType,
            Sha256 = sha256,
            Content = content,
            CreatedAt = time.Now,
        };
        db.Add(file);
        return (file.Id, false);
    }

    public async Task<(string Name, string MediaType, byte[] Content)?> FindAsync(FileId id, CancellationToken cancel = default) =>
        await db.Set<FileRow>().AsNoTracking().FirstOrDefaultAsync(f => f.Id == id, cancel) is { } file
            ? (file.Name, file.MediaType, file.Content)
            : null;
}

internal sealed class FileRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required FileId Id { get; init; }
    public required string Name { get; init; }
    public required string MediaType { get; init; }
    public required byte[] Sha256 { get; init; }
    public required byte[] Content { get; init; }
    public required Instant CreatedAt { get; init; }
}

internal sealed class FileMapping : IEntityTypeConfiguration<FileRow>
{
    public void Configure(EntityTypeBuilder<FileRow> row) => row.ToTable("file").HasKey(r => new { r.TenantId, r.Id });
}
