-- ¿Dónde consta un enunciado? Una fila por pasaje.
-- Si el documento está cargado, trae su texto para buscar en él el pasaje.
select
    d.titulo as documento,
    c.seccion,
    c.parrafo,
    c.primer_caracter,
    c.ultimo_caracter,
    c.sha256,
    d.cargado is not null as esta_cargado
from citas as c
inner join documentos as d on c.documento_id = d.documento_id
where c.enunciado_id = :enunciado
order by c.parrafo, c.primer_caracter, c.cita_id
