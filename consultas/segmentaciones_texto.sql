-- ¿Qué dice un documento cuyos párrafos se dividen? Una fila por cada tema suyo, con su
-- texto entero; vacío si no está cargado. Sin `documento`, los que alguien dividió.
select
    v.documento_id,
    v.clase,
    v.tema_dialogo_id,
    v.tema_numero,
    v.texto_documento
from divisibles as v
where
    v.documento_id = :documento
    or (
        :documento is null
        and v.documento_id in (select g.documento_id from segmentaciones as g)
    )
order by v.documento_id, v.tema_numero, v.tema_dialogo_id
